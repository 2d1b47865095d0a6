// Drafts: what a planner would change, kept on the server as an action folder.
import { get, send, type Schemas } from '../api/client';
import { attempt } from './told.svelte';

export const drafts: { list: Schemas['DraftSummary'][]; open: Schemas['Draft'] | null } = $state({ list: [], open: null });
export type Cells = NonNullable<Schemas['RowEdit']['cells']>;

export async function refreshDrafts() {
  const list = await attempt(get('/api/drafts'));
  if (list) drafts.list = list;
}

export async function openDraft(id: string | null) {
  if (drafts.open?.id === id) return;
  drafts.open = id ? await attempt(get('/api/drafts/{draft}', { draft: id })) : null;
}

/** These raise Refused: the form shows what is wrong beside its fields. */
export async function makeDraft(title: string, actions: string[] = []) {
  const draft = await send('post', '/api/drafts', {}, { title, actions, summary: '' });
  drafts.open = draft;
  await refreshDrafts();
  return draft;
}
export async function changeDraft(change: Schemas['DraftChange']) {
  if (!drafts.open) return;
  drafts.open = await send('patch', '/api/drafts/{draft}', { draft: drafts.open.id }, change);
  await refreshDrafts();
}
export async function putRow(table: string, row: string, cells: Cells, remove = false) {
  if (!drafts.open) return;
  drafts.open = await send('put', '/api/drafts/{draft}/rows/{table}/{row}', { draft: drafts.open.id, table, row }, { cells, remove });
  await refreshDrafts();
}
export async function takeBack(table: string, row: string) {
  if (!drafts.open) return;
  const draft = await attempt(send('delete', '/api/drafts/{draft}/rows/{table}/{row}', { draft: drafts.open.id, table, row }));
  if (!draft) return;
  drafts.open = draft;
  await refreshDrafts();
}
export async function removeDraft(id: string) {
  const done = await attempt(send('delete', '/api/drafts/{draft}', { draft: id }).then(() => true));
  if (!done) return;
  if (drafts.open?.id === id) drafts.open = null;
  await refreshDrafts();
}
