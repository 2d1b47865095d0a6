// Which curves a page of closure shows, and in what line: by colour and by dash.
import type { Schemas } from '../api/client';
import type { Curve } from '../parts/curve';
import { SERIES } from '../map/palette';
import { capital } from '../words';

export const BY = [
  ['total', 'Total'], ['standing', 'Standing'], ['nation', 'Nation'], ['area', 'Area'], ['mode', 'Mode'],
] as const;
export type By = (typeof BY)[number][0];
const DASHES: (number[] | undefined)[] = [undefined, [8, 3], [2, 3], [8, 3, 2, 3]];
const MOST = 8;

/** The curves of one kind: the largest eight. */
export function curvesOf(page: Schemas['Closure'], by: By): Curve[] {
  return page.series
    .filter((one) => one.by === by)
    .sort((a, b) => (b.persons.at(-1) ?? 0) - (a.persons.at(-1) ?? 0))
    .slice(0, MOST)
    .map((one, i) => ({
      name: by === 'total' ? { closed: 'In their area and ready', available: 'Available to be moved' }[one.key] ?? one.name : capital(one.name),
      values: one.persons,
      colour: SERIES[i % SERIES.length],
      dash: by === 'total' && one.key === 'available' ? [7, 4] : DASHES[Math.floor(i / 2) % DASHES.length],
    }));
}
