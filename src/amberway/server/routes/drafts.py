"""Drafts: what if. Every answer is the draft as it is then."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from amberway.scenario.row import Id
from amberway.server.drafts import (
    Draft,
    DraftChange,
    DraftSummary,
    Edits,
    NewDraft,
    RowEdit,
    TableEdit,
)
from amberway.server.faults import may_fail
from amberway.server.routes.common import Bench
from amberway.server.workspace import Slug

router = APIRouter(prefix="/api/drafts", tags=["drafts"])


@router.get("")
def drafts(bench: Bench) -> list[DraftSummary]:
    """Every draft, the oldest first."""
    return bench.drafts.all()


@router.post("", status_code=201, responses=may_fail(409))
def create(new: NewDraft, bench: Bench) -> Draft:
    """Make an empty draft."""
    return bench.drafts.create(new)


@router.get("/{draft}", responses=may_fail(404))
def draft(draft: Slug, bench: Bench) -> Draft:
    """A draft with its rows."""
    return bench.drafts.get(draft)


@router.patch("/{draft}", responses=may_fail(404))
def change(draft: Slug, change: DraftChange, bench: Bench) -> Draft:
    """Call it something else; switch actions on or off below it."""
    return bench.drafts.change(draft, change)


@router.delete("/{draft}", status_code=204, responses=may_fail(404))
def delete(draft: Slug, bench: Bench) -> None:
    """Delete a draft. Runs that were made with it keep their copy."""
    bench.drafts.delete(draft)


@router.put("/{draft}/rows", responses=may_fail(404, 409))
def edit_rows(draft: Slug, edits: Edits, bench: Bench) -> Draft:
    """Edits that belong together: all are saved, or none and 422 says why."""
    return bench.drafts.edit(draft, edits.edits)


@router.put("/{draft}/rows/{table}/{row}", responses=may_fail(404, 409))
def edit_row(draft: Slug, table: str, row: Id, edit: RowEdit, bench: Bench) -> Draft:
    """Change, add or remove a row of the scenario; 422 says which column is wrong and why."""
    whole = TableEdit.model_construct(table=table, row=row, cells=edit.cells, remove=edit.remove)
    return bench.drafts.edit(draft, [whole])


@router.delete("/{draft}/rows/{table}/{row}", responses=may_fail(404))
def undo(draft: Slug, table: str, row: Id, bench: Bench) -> Draft:
    """Take the edit of a row back."""
    return bench.drafts.undo(draft, table, row)


@router.get(
    "/{draft}/download",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}, **may_fail(404)},
)
def download(draft: Slug, bench: Bench) -> Response:
    """A zip with `actions/<draft>/`, to be unpacked in the folder of a scenario."""
    return Response(
        bench.drafts.download(draft),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{draft}.zip"'},
    )
