// The tables of the scenario, as they are with a run's or a draft's changes.
import { get, type Schemas } from '../api/client';

export type Row = Schemas['Table']['rows'][number];
const held = new Map<string, Promise<Schemas['Table']>>();

/** A table; asked for once as long as nothing below it changes (`stamp`). */
export function table(name: string, query: Record<string, string>, stamp = ''): Promise<Schemas['Table']> {
  const key = JSON.stringify([name, query, stamp]);
  let asked = held.get(key);
  if (!asked) {
    if (held.size > 40) held.clear();
    asked = get('/api/tables/{name}', { name }, query);
    asked.catch(() => held.delete(key));
    held.set(key, asked);
  }
  return asked;
}

export const text = (cell: Row[string] | undefined): string =>
  cell === null || cell === undefined ? '' : Array.isArray(cell) ? cell.join(' ') : String(cell);

/** Rows as CSV; cells that a spreadsheet would run as a formula are made text. */
export function csv(columns: string[], rows: Row[]): string {
  const safe = (value: string) => {
    const plain = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
    return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return [columns, ...rows.map((row) => columns.map((name) => text(row[name])))]
    .map((line) => line.map(safe).join(',')).join('\r\n') + '\r\n';
}

export function save(name: string, content: string) {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
