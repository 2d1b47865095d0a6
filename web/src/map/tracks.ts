// Where every lot and ship is on a day: even speed along the path of its leg.
import type { Schemas } from '../api/client';
import { modeOf, type Mode } from './palette';

type Position = [number, number];
interface Track { points: Position[]; along: number[]; length: number }
interface Leg { from: number; to: number; track: Track; mode: Mode | null }
export interface Mover {
  id: string; force: string; persons: number; ready: number; home: Position; legs: Leg[];
}
export interface Ship { id: string; name: string; voyages: Leg[] }
export interface Tracks { lots: Mover[]; ships: Ship[]; main: Map<string, Mover>; active: Uint16Array }
export interface Spot { x: number; y: number; mode: Mode | null; moving: boolean; done: boolean; heading: number }

const BINS_A_DAY = 4;

/** Great-circle length in radians between two positions in degrees. */
function arc([lonA, latA]: Position, [lonB, latB]: Position): number {
  const r = Math.PI / 180;
  const a = Math.sin(((latB - latA) * r) / 2) ** 2
    + Math.cos(latA * r) * Math.cos(latB * r) * Math.sin(((lonB - lonA) * r) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** Movements as tracks; `project` turns degrees into what the map draws in. */
export function tracksOf(page: Schemas['Movements'], project: (at: Position) => Position): Tracks {
  const tracks = page.paths.map((path): Track => {
    const along = [0];
    for (let i = 1; i < path.length; i++) along.push(along[i - 1] + arc(path[i - 1], path[i]));
    return { points: path.map(project), along, length: along[along.length - 1] };
  });
  const lots = page.lots.map((lot): Mover => ({
    id: lot.id, force: lot.force, persons: lot.persons, ready: lot.ready,
    home: project(page.places[lot.origin]),
    legs: lot.legs.map(([means, , , from, to, path]) => ({
      from, to, track: tracks[path], mode: tracks[path].length > 0 ? modeOf(means) : null,
    })),
  }));
  const ships = page.sailings.map((s): Ship => ({
    id: s.id, name: s.name,
    voyages: [
      ...(s.ballast === null ? [] : [{ from: s.ballast_day, to: s.load_day, track: tracks[s.ballast], mode: 'sea' as const }]),
      { from: s.depart, to: s.arrive, track: tracks[s.path], mode: 'sea' as const },
    ],
  }));
  return { lots, ships, main: largest(lots), active: activity(lots, page.last_day) };
}

/** The lot that stands for its unit: most persons, then the last to arrive. */
function largest(lots: Mover[]): Map<string, Mover> {
  const main = new Map<string, Mover>();
  for (const lot of lots) {
    const other = main.get(lot.force);
    if (!other || lot.persons > other.persons) main.set(lot.force, lot);
  }
  return main;
}

/** Lots on the move by quarter of a day. */
function activity(lots: Mover[], last: number): Uint16Array {
  const bins = new Uint16Array(Math.max(1, Math.ceil(last) * BINS_A_DAY));
  for (const lot of lots) {
    for (const leg of lot.legs) {
      if (!leg.mode) continue;
      const end = Math.min(bins.length, Math.ceil(leg.to * BINS_A_DAY));
      for (let i = Math.floor(leg.from * BINS_A_DAY); i < end; i++) bins[i]++;
    }
  }
  return bins;
}

function on(track: Track, share: number, spot: Spot) {
  const { points, along, length } = track;
  if (points.length < 2 || length === 0) {
    [spot.x, spot.y] = points[0];
    return;
  }
  const wanted = share * length;
  let low = 0;
  let high = along.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (along[middle] <= wanted) low = middle;
    else high = middle;
  }
  const step = along[high] - along[low];
  const part = step > 0 ? (wanted - along[low]) / step : 0;
  const [ax, ay] = points[low];
  const [bx, by] = points[high];
  spot.x = ax + (bx - ax) * part;
  spot.y = ay + (by - ay) * part;
  spot.heading = Math.atan2(ay - by, bx - ax); // screens count y downwards
}

export const spot = (): Spot => ({ x: 0, y: 0, mode: null, moving: false, done: false, heading: 0 });

/** Writes where a lot is on the day into `to`. */
export function locate(lot: Mover, day: number, to: Spot): Spot {
  to.moving = false;
  to.done = false;
  to.mode = null;
  let last: Leg | null = null;
  for (const leg of lot.legs) {
    if (day < leg.from) break;
    last = leg;
    if (day < leg.to) break;
  }
  if (!last) {
    [to.x, to.y] = lot.home;
    return to;
  }
  const share = last.to > last.from ? Math.min(1, (day - last.from) / (last.to - last.from)) : 1;
  on(last.track, share, to);
  to.moving = share < 1 && last.mode !== null;
  to.mode = last.mode;
  to.done = share >= 1 && last === lot.legs[lot.legs.length - 1];
  return to;
}

/** Writes where a ship is into `to`; false if it is not at sea that day. */
export function sail(ship: Ship, day: number, to: Spot): boolean {
  for (const leg of ship.voyages) {
    if (day < leg.from || day >= leg.to) continue;
    on(leg.track, (day - leg.from) / (leg.to - leg.from), to);
    return true;
  }
  return false;
}
