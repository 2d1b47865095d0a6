// The runs of the workspace, kept up to date while one is being made.
import { get, send, type Schemas } from '../api/client';
import { attempt } from './told.svelte';

type Run = Schemas['Run'];

/** `silent`: the server has stopped to answer while a run is followed. */
export const runs: { list: Run[]; loaded: boolean; silent: boolean } = $state({ list: [], loaded: false, silent: false });
const streams = new Map<string, EventSource>();

export const busy = (run: Run) => run.state === 'waiting' || run.state === 'running';
export const byId = (id: string | null | undefined) => runs.list.find((run) => run.id === id) ?? null;
export const withPages = () => runs.list.filter((run) => run.headline && !busy(run));

export async function refresh() {
  const list = await attempt(get('/api/runs'));
  if (!list) return;
  runs.list = list;
  runs.loaded = true;
  list.filter(busy).forEach((run) => follow(run.id));
}

function put(run: Run) {
  const at = runs.list.findIndex((other) => other.id === run.id);
  if (at < 0) runs.list.unshift(run);
  else runs.list[at] = run;
}

function follow(id: string) {
  if (streams.has(id)) return;
  const stream = new EventSource(`api/runs/${encodeURIComponent(id)}/events`);
  streams.set(id, stream);
  const end = () => {
    stream.close();
    streams.delete(id);
  };
  stream.addEventListener('progress', (event: MessageEvent<string>) => {
    const run = JSON.parse(event.data) as Run;
    put(run);
    if (!busy(run)) end();
  });
  // The browser asks again every few seconds: the server may be back, and others may have asked.
  stream.onopen = () => {
    if (runs.silent) void refresh();
    runs.silent = false;
  };
  stream.onerror = () => {
    runs.silent = true;
    if (stream.readyState === EventSource.CLOSED) end();
  };
}

/** Raises Refused: the form shows beside which field. */
export async function start(asked: Schemas['Asked']): Promise<Run> {
  const run = await send('post', '/api/runs', {}, asked);
  put(run);
  follow(run.id);
  return run;
}

export async function cancel(id: string) {
  const run = await attempt(send('post', '/api/runs/{run}/cancel', { run: id }));
  if (run) put(run);
}

export async function rename(id: string, name: string) {
  const run = await attempt(send('patch', '/api/runs/{run}', { run: id }, { name }));
  if (run) put(run);
}

export async function remove(id: string) {
  const done = await attempt(send('delete', '/api/runs/{run}', { run: id }).then(() => true));
  if (done) runs.list = runs.list.filter((run) => run.id !== id);
}
