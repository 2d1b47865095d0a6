"""Runs: a queue, one worker process at a time, and what is told of them."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

from amberway.server.faults import Refusal, conflict
from amberway.server.pages.scoreboard import SCOREBOARD
from amberway.server.records import (
    ENDED,
    INPUT,
    LOG,
    PAGES,
    RECORD,
    Asked,
    Progress,
    Record,
    Run,
    Stage,
    State,
    Trace,
    outcome_of,
)
from amberway.server.workspace import Workspace, remove, slug, write_text

MOST_WAITING = 20
_PATIENCE = 30.0  # seconds for a worker to keep its plan when the server ends
_LINE = 1 << 16


class Runner:
    """All runs of a workspace. Everything here runs on the server's event loop."""

    def __init__(self, workspace: Workspace, workers: int = 1) -> None:
        self._workspace = workspace
        self._free = workers
        self._records: dict[str, Record] = {}
        self._processes: dict[str, Process] = {}
        self._cancelled: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()
        self.ending = False
        self._read()

    def _read(self) -> None:
        """What is on disk. A run that was being planned when the server went down is lost, unless
        its worker had come to the end; one that waited waits on."""
        for path in sorted(self._workspace.runs.glob(f"*/{RECORD}")):
            try:
                record = Record.model_validate_json(path.read_bytes())
            except ValueError:
                continue  # not ours to judge; it stays where it is
            record.id = path.parent.name
            if record.state is State.RUNNING:
                self._conclude(record, "The server ended while this run was planned.", State.LOST)
            self._records[record.id] = record

    # --- what is told -------------------------------------------------------

    def all(self) -> list[Run]:
        """Every run, the oldest first."""
        records = sorted(self._records.values(), key=lambda r: (r.created, r.id))
        return [self._told(record) for record in records]

    def get(self, name: str) -> Run:
        """One run. Raises ServerError 404 if there is none."""
        return self._told(self._record(name))

    def trace(self, name: str) -> Trace:
        """How plan and bound of a run came together."""
        return self._record(name).trace

    async def follow(self, name: str) -> AsyncIterator[Run]:
        """The run whenever something of it changes, until it has ended."""
        last: Run | None = None
        while not self.ending and name in self._records:
            run = self.get(name)
            if run != last:
                yield run
                last = run
            if run.state in ENDED:
                return
            async with self._changed:
                if self.get(name) == last and not self.ending:
                    await self._changed.wait()

    def _record(self, name: str) -> Record:
        self._workspace.run(name)  # 404 in the one way
        record = self._records.get(name)
        if record is None:
            raise conflict(f"The run {name!r} has a record that cannot be read.")
        return record

    def _told(self, record: Record) -> Run:
        folder = self._workspace.runs / record.id
        there = record.state in ENDED or record.progress.stage is Stage.ASSESSING
        return record.told(folder, outcome_of(folder) if there else None)

    # --- what is asked --------------------------------------------------------

    async def start(self, asked: Asked, draft_title: str | None) -> Run:
        """Queue a run; its draft is copied, so that later edits do not touch it."""
        waiting = sum(record.state is State.WAITING for record in self._records.values())
        if waiting >= MOST_WAITING:
            raise conflict(f"{waiting} runs are waiting already; let some end, or cancel them.")
        title = asked.name or _name(asked, draft_title)
        runs = self._workspace.runs
        name = slug(title, lambda one: (runs / one).exists(), "run")
        folder = runs / name
        source = self._workspace.draft(asked.draft) if asked.draft is not None else None
        (folder / INPUT).mkdir(parents=True)
        write_text(folder / INPUT / "scenario.toml", self._workspace.extends)
        if source is not None:
            shutil.copytree(source, folder / INPUT / "actions" / source.name)
        record = Record(
            id=name,
            name=title,
            state=State.WAITING,
            asked=asked,
            draft_title=draft_title,
            created=dt.datetime.now(dt.UTC),
        )
        record.save(folder)
        self._records[name] = record
        self.proceed()
        await self._tell()
        return self._told(record)

    async def rename(self, name: str, title: str) -> Run:
        """Call a run something else; its id stays."""
        record = self._record(name)
        record.name = title
        record.save(self._workspace.run(name))
        await self._tell()
        return self._told(record)

    async def cancel(self, name: str) -> Run:
        """End a run and keep its best plan; one that waits is not begun."""
        record = self._record(name)
        if record.state is State.WAITING:
            record.state = State.CANCELLED
            record.progress.stage = Stage.ENDED
            record.save(self._workspace.run(name))
        elif record.state is State.RUNNING:
            self._cancelled.add(name)
            process = self._processes.get(name)
            if process is not None and process.returncode is None:
                process.send_signal(signal.SIGINT)
        else:
            raise conflict(f"The run has ended already ({record.state}).")
        await self._tell()
        return self._told(record)

    async def delete(self, name: str) -> None:
        """Delete a run that is not being planned."""
        record = self._record(name)
        if record.state is State.RUNNING:
            raise conflict("The run is being planned; cancel it first.")
        del self._records[name]
        remove(self._workspace.run(name))
        await self._tell()

    # --- the workers ------------------------------------------------------------

    def proceed(self) -> None:
        """Begin the runs that wait, as far as workers are free."""
        waiting = [r for r in self._records.values() if r.state is State.WAITING]
        for record in sorted(waiting, key=lambda r: (r.created, r.id)):
            if self._free < 1 or self.ending:
                return
            self._free -= 1
            record.state = State.RUNNING
            record.progress.stage = Stage.READING
            record.save(self._workspace.runs / record.id)
            task = asyncio.get_running_loop().create_task(self._work(record))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, record: Record) -> None:
        folder = self._workspace.runs / record.id
        reason = "The worker could not be started."
        try:
            with (folder / LOG).open("wb") as log:
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "amberway.server.worker", str(folder),
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, limit=_LINE,
                    start_new_session=True,  # Ctrl-C at the terminal is the server's to answer
                )  # fmt: skip
            self._processes[record.id] = process
            if record.id in self._cancelled:  # while the process was being made
                process.send_signal(signal.SIGINT)
            assert process.stdout is not None
            async for line in _lines(process.stdout):
                await self._advance(record, line)
            reason = _reason(await process.wait(), folder / LOG)
        except OSError as error:
            reason = f"The worker could not be started ({error.strerror})."
        finally:
            self._processes.pop(record.id, None)
            self._free += 1
        cancelled = record.id in self._cancelled
        self._cancelled.discard(record.id)
        self._conclude(record, reason, State.CANCELLED if cancelled else State.FAILED)
        await self._tell()
        self.proceed()

    async def _advance(self, record: Record, line: bytes) -> None:
        try:
            now = Progress.model_validate_json(line)
        except ValueError:
            return  # something that a library printed
        trace = record.trace
        if now.stage is Stage.PLANNING and (now.plan is not None or now.bound is not None):
            trace.seconds.append(now.seconds)
            trace.plan.append(now.plan)
            trace.bound.append(now.bound)
        record.progress = now
        await self._tell()

    def _conclude(self, record: Record, reason: str, otherwise: State) -> None:
        """Set the state by what the worker left; `otherwise` if it did not come to its end."""
        folder = self._workspace.runs / record.id
        outcome = outcome_of(folder)
        if outcome is None:
            record.state = otherwise
            if otherwise is not State.CANCELLED:
                record.error = Refusal(kind=otherwise.value, message=reason)
        elif outcome.error is not None:
            record.state, record.error = State.FAILED, outcome.error
        else:
            record.state = State.CANCELLED if otherwise is State.CANCELLED else State.DONE
            if not (folder / PAGES / f"{SCOREBOARD}.json").is_file():
                record.error = Refusal(
                    kind="not-assessed",
                    message="The plan is kept; the five actions were not assessed.",
                )
        record.progress.stage = Stage.ENDED
        record.save(folder)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def end(self) -> None:
        """Cancel what is running, wait for it to keep its plan, and let go of all who listen."""
        self.ending = True
        await self._tell()
        for name, process in list(self._processes.items()):
            self._cancelled.add(name)
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=_PATIENCE)
            for process in self._processes.values():
                process.kill()
            if late:
                await asyncio.wait(late)


def _name(asked: Asked, draft_title: str | None) -> str:
    """What a run is called that was given no name."""
    parts = [*asked.actions, *([draft_title] if draft_title else [])]
    return " + ".join(parts)[:120] or "As it is"


async def _lines(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Lines until the end; one longer than any of ours is left out."""
    while True:
        try:
            line = await stream.readline()
        except ValueError:
            continue
        if not line:
            return
        yield line


def _reason(code: int, log: Path) -> str:
    """Why a worker ended without an outcome."""
    if code < 0:
        name = signal.Signals(-code).name
        memory = "; the machine may have run out of memory" if name == "SIGKILL" else ""
        return f"The worker was ended by the system ({name}){memory}."
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    said = f": {lines[-1][:200]}" if lines else ""
    return f"The worker failed{said}. {log.name} in the run's folder says more."
