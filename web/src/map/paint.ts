// The pen of the top canvas: lots, ships, units, aggregated where they would overlap.
import { count, figure } from '../words';
import { modeColour, type Palette } from './palette';
import type { Position, Sheet } from './seam';
import { symbol } from './symbols';
import { locate, sail, spot, type Tracks } from './tracks';

export interface Piece {
  id: string; sidc: string; name: string; persons: number; brigades: number; home: Position; goal: Position; closes: number | null;
}
export interface Scene {
  day: number;
  colours: Palette;
  tracks: Tracks | null;
  pieces: Piece[];
  lots: boolean;
  units: boolean;
  chosen: string | null;
  headquarters: { id: string; sidc: string | null; at: Position }[];
}
/** A painted thing that can be clicked: the ids of the units in it. */
export interface Hit { x: number; y: number; width: number; height: number; ids: string[]; kind: 'unit' | 'headquarters' }

interface Group { x: number; y: number; pieces: Piece[]; persons: number; brigades: number; closed: number }

const SYMBOL = 21;
const APART: Position = [88, 38]; // pixels: nearer ones are drawn together
const FONT = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const at = spot();

export function paint(sheet: Sheet, scene: Scene): Hit[] {
  const hits: Hit[] = [];
  if (scene.tracks && scene.chosen) route(sheet, scene);
  if (scene.tracks && scene.lots) {
    lots(sheet, scene);
    ships(sheet, scene);
  }
  for (const one of scene.headquarters) headquarters(sheet, one, hits);
  if (scene.units) for (const group of groups(sheet, scene)) unit(sheet, scene, group, hits);
  return hits;
}

function lots({ ctx, at: pixel, width, height }: Sheet, { day, tracks, colours }: Scene) {
  const batches = new Map<string, number[]>();
  for (const lot of tracks!.lots) {
    if (day < lot.ready) continue;
    locate(lot, day, at);
    if (at.done || (!at.moving && at.mode === null)) continue;
    const [x, y] = pixel(at.x, at.y);
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const key = at.moving ? at.mode! : 'wait';
    let batch = batches.get(key);
    if (!batch) batches.set(key, (batch = []));
    batch.push(x, y);
  }
  for (const [mode, dots] of batches) {
    const moving = mode !== 'wait';
    const radius = moving ? 3 : 2;
    // A pale rim under all dots of a kind: one path each, whatever their number.
    for (const [grow, colour] of [[1.2, colours.halo], [0, modeColour(colours, mode)]] as const) {
      const r = radius + grow;
      ctx.beginPath();
      for (let i = 0; i < dots.length; i += 2) ctx.rect(dots[i] - r, dots[i + 1] - r, 2 * r, 2 * r);
      ctx.fillStyle = colour;
      ctx.fill();
    }
  }
}

function ships({ ctx, at: pixel }: Sheet, { day, tracks, colours }: Scene) {
  ctx.fillStyle = colours.seaway;
  ctx.strokeStyle = colours.halo;
  ctx.lineWidth = 1.4;
  for (const ship of tracks!.ships) {
    if (!sail(ship, day, at)) continue;
    const [x, y] = pixel(at.x, at.y);
    const [c, s] = [Math.cos(at.heading), Math.sin(at.heading)];
    const turn = (a: number, b: number): Position => [x + a * c - b * s, y + a * s + b * c];
    ctx.beginPath();
    ctx.moveTo(...turn(9, 0));
    ctx.lineTo(...turn(3, 4));
    ctx.lineTo(...turn(-7, 4));
    ctx.lineTo(...turn(-7, -4));
    ctx.lineTo(...turn(3, -4));
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
}

/** The ways of the chosen unit's lots. */
function route({ ctx, at: pixel }: Sheet, { tracks, chosen, colours }: Scene) {
  const done = new Set<unknown>();
  for (const [width, halo] of [[6, true], [3, false]] as const) {
    done.clear();
    ctx.lineWidth = width;
    ctx.lineJoin = 'round';
    for (const lot of tracks!.lots) {
      if (lot.force !== chosen) continue;
      for (const leg of lot.legs) {
        if (!leg.mode || done.has(leg.track)) continue;
        done.add(leg.track);
        ctx.strokeStyle = halo ? colours.halo : modeColour(colours, leg.mode);
        ctx.beginPath();
        leg.track.points.forEach(([x, y], i) => (i ? ctx.lineTo(...pixel(x, y)) : ctx.moveTo(...pixel(x, y))));
        ctx.stroke();
      }
    }
  }
}

function groups({ at: pixel, width, height }: Sheet, scene: Scene): Group[] {
  const made: Group[] = [];
  for (const piece of scene.pieces) {
    const closed = piece.closes !== null && scene.day >= piece.closes;
    const main = scene.tracks?.main.get(piece.id);
    let where = closed ? piece.goal : piece.home;
    if (main && !closed) {
      locate(main, scene.day, at);
      where = [at.x, at.y];
    }
    const [x, y] = pixel(...where);
    if (x < -60 || y < -40 || x > width + 60 || y > height + 40) continue;
    const near = made.find((g) => Math.abs(g.x - x) < APART[0] && Math.abs(g.y - y) < APART[1]);
    const group = near ?? { x, y, pieces: [], persons: 0, brigades: 0, closed: 0 };
    if (!near) made.push(group);
    group.pieces.push(piece);
    group.persons += piece.persons;
    group.brigades += piece.brigades;
    if (closed) group.closed += piece.persons;
  }
  return made;
}

function unit(sheet: Sheet, scene: Scene, group: Group, hits: Hit[]) {
  const { ctx } = sheet;
  const { colours } = scene;
  const ids = group.pieces.map((piece) => piece.id);
  const chosen = scene.chosen !== null && ids.includes(scene.chosen);
  if (group.pieces.length === 1) {
    const picture = symbol(group.pieces[0].sidc, SYMBOL);
    const [w, h] = picture ? [picture.width, picture.height] : [30, 20];
    const [x, y] = [group.x - (picture?.x ?? 15), group.y - (picture?.y ?? 10)];
    if (chosen) ring(ctx, colours, x - 4, y - 4, w + 8, h + 8);
    if (picture) ctx.drawImage(picture.canvas, x, y, w, h);
    else frame(ctx, x, y, w, h);
    hits.push({ x, y, width: w, height: h, ids, kind: 'unit' });
    return;
  }
  const first = count(group.persons);
  const second = group.brigades >= 0.05 ? `${figure(group.brigades)} bde` : 'support';
  ctx.font = `600 12px ${FONT}`;
  const wide = ctx.measureText(first).width;
  ctx.font = `11px ${FONT}`;
  const width = 36 + Math.max(wide, ctx.measureText(second).width) + 8;
  const [x, y] = [Math.round(group.x - width / 2), Math.round(group.y - 17)];
  if (chosen) ring(ctx, colours, x - 3, y - 3, width + 6, 40);
  ctx.fillStyle = colours.panel;
  ctx.strokeStyle = colours.coast;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(x, y, width, 34, 5);
  ctx.fill();
  ctx.stroke();
  frame(ctx, x + 5, y + 6, 26, 18);
  ctx.fillStyle = '#12181d';
  ctx.textAlign = 'center';
  ctx.font = `600 11px ${FONT}`;
  ctx.fillText(String(group.pieces.length), x + 18, y + 19);
  ctx.textAlign = 'left';
  ctx.fillStyle = colours.ink;
  ctx.font = `600 12px ${FONT}`;
  ctx.fillText(first, x + 36, y + 14);
  ctx.fillStyle = colours.muted;
  ctx.font = `11px ${FONT}`;
  ctx.fillText(second, x + 36, y + 26);
  if (group.closed > 0) {
    ctx.fillStyle = colours.seaway;
    ctx.fillRect(x + 3, y + 30, ((width - 6) * group.closed) / group.persons, 2.5);
  }
  hits.push({ x, y, width, height: 34, ids, kind: 'unit' });
}

function headquarters({ at: pixel, ctx }: Sheet, one: Scene['headquarters'][number], hits: Hit[]) {
  const picture = one.sidc ? symbol(one.sidc, 17) : null;
  const [x, y] = pixel(...one.at);
  if (!picture) return;
  ctx.drawImage(picture.canvas, x - picture.x, y - picture.y, picture.width, picture.height);
  hits.push({ x: x - picture.x, y: y - picture.y, width: picture.width, height: picture.height, ids: [one.id], kind: 'headquarters' });
}

/** The frame of a friendly land unit (APP-6: a rectangle, filled light blue). */
function frame(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, height: number) {
  ctx.fillStyle = '#80e0ff';
  ctx.strokeStyle = '#12181d';
  ctx.lineWidth = 1.4;
  ctx.fillRect(x, y, width, height);
  ctx.strokeRect(x, y, width, height);
}

function ring(ctx: CanvasRenderingContext2D, colours: Palette, x: number, y: number, width: number, height: number) {
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = 3;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 7);
  ctx.stroke();
}
