// How the map's layers look, in OpenLayers' styles: the pencil case of the seam (seam.ts).
import type { FeatureLike } from 'ol/Feature';
import CircleShape from 'ol/style/Circle';
import Fill from 'ol/style/Fill';
import RegularShape from 'ol/style/RegularShape';
import Stroke from 'ol/style/Stroke';
import OlStyle from 'ol/style/Style';
import Text from 'ol/style/Text';
import { DASH, modeColour, type Mode, type Palette } from './palette';

export interface Look {
  colours: Palette;
  phase: string;
  domain: string;
  /** Ids of the air-defence systems that cover today; null: all. */
  covering: Set<string> | null;
}
export type Style = (feature: FeatureLike, resolution: number, look: Look) => OlStyle | OlStyle[] | undefined;

const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

/** A colour "#rrggbb" at an opacity. */
const thin = (colour: string, opacity: number) =>
  colour + Math.round(opacity * 255).toString(16).padStart(2, '0');

function label(text: string, colours: Palette, size: number, options: { muted?: boolean; bold?: boolean; offset?: number } = {}) {
  return new Text({
    text,
    font: `${options.bold ? '600 ' : ''}${size}px ${FONT}`,
    fill: new Fill({ color: options.muted ? colours.muted : colours.ink }),
    stroke: new Stroke({ color: thin(colours.halo, 0.85), width: 3 }),
    offsetY: options.offset ?? 0,
    overflow: true,
    padding: [2, 4, 2, 4],
  });
}

export const base: Style = (feature, _, { colours }) => {
  const layer = feature.get('layer') as string;
  if (layer === 'mask') return new OlStyle({ fill: new Fill({ color: colours.sea }), zIndex: 1 });
  return new OlStyle({
    fill: new Fill({ color: colours.land }),
    stroke: new Stroke({ color: colours.coast, width: 0.8 }),
    zIndex: layer === 'atlantic' ? 0 : 2,
  });
};

export const link: Style = (feature, resolution, { colours }) => {
  const mode = feature.get('mode') as Mode;
  const near = resolution < 1500;
  return new OlStyle({
    stroke: new Stroke({
      color: thin(modeColour(colours, mode), near ? 0.85 : mode === 'air' || mode === 'sea' ? 0.35 : 0.5),
      width: near ? 1.8 : 0.9,
      lineDash: near ? DASH[mode] : undefined,
    }),
  });
};

// Kinds that are no more than a bend of a route are shown near by only.
const BENDS = new Set(['junction', 'sea', 'air']);
const WEIGHT: Record<string, number> = { seaport: 30, airfield: 12, 'staging-area': 20, 'transload-yard': 18, city: 14 };

/** What earns a place its label first: what it is, and how many links meet there. */
export const rank = (kind: string, degree: number) => (BENDS.has(kind) ? 0 : (WEIGHT[kind] ?? 6) + degree * 2);

function mark(kind: string, colours: Palette, size: number) {
  const fill = new Fill({ color: colours.halo });
  const stroke = new Stroke({ color: colours.ink, width: 1.2 });
  if (kind === 'seaport') return new RegularShape({ points: 4, angle: Math.PI / 4, radius: size + 1, fill: new Fill({ color: colours.seaway }), stroke: new Stroke({ color: colours.halo, width: 1 }) });
  if (kind === 'airfield') return new RegularShape({ points: 3, radius: size + 1, fill: new Fill({ color: colours.air }), stroke: new Stroke({ color: colours.halo, width: 1 }) });
  if (kind === 'border-crossing') return new RegularShape({ points: 4, radius: size, fill, stroke });
  if (kind === 'transload-yard' || kind === 'railhead') return new RegularShape({ points: 4, angle: Math.PI / 4, radius: size, fill: new Fill({ color: colours.rail }), stroke: new Stroke({ color: colours.halo, width: 1 }) });
  if (kind === 'barracks' || kind === 'assembly-area') return new CircleShape({ radius: size - 1, fill: new Fill({ color: colours.muted }) });
  return new CircleShape({ radius: size - 1, fill, stroke });
}

export const place: Style = (feature, resolution, { colours }) => {
  const kind = feature.get('sort') as string;
  const weight = -Number(feature.get('rank'));
  if (BENDS.has(kind) && resolution > 350) return undefined;
  const needed = resolution > 4500 ? 60 : resolution > 2200 ? 36 : resolution > 1100 ? 22 : resolution > 500 ? 10 : 0;
  if (weight < needed) return undefined;
  const size = resolution > 1100 ? 3.5 : 4.5;
  const text = label(String(feature.get('name')), colours, resolution > 1100 ? 11 : 12, { offset: -11 });
  return new OlStyle({ image: mark(kind, colours, size), text });
};

const domainShown = (feature: FeatureLike, land: string[]) => land.includes(String(feature.get('domain')));

export const area: Style = (feature, _, { colours }) => {
  if (!domainShown(feature, ['land', 'maritime', 'sea'])) return undefined;
  return new OlStyle({
    fill: new Fill({ color: thin(colours.area, feature.get('domain') === 'land' ? 0.07 : 0.02) }),
    stroke: new Stroke({ color: thin(colours.area, 0.75), width: 1.1, lineDash: [5, 4] }),
    text: label(String(feature.get('name')), colours, 12, { muted: true, bold: true }),
  });
};

export const command: Style = (feature, _, { colours, phase, domain }) => {
  const commanders = feature.get('commanders') as Record<string, Record<string, string[]>>;
  const all = commanders[phase]?.[domain];
  if (!all) return undefined;
  const colour = all.length === 1 ? colours.seaway : all.length ? colours.short : colours.later;
  const names = feature.get('named') as Map<string, string>;
  const who = all.length ? all.map((one) => names.get(one) ?? one).join('\nand ') + (all.length > 1 ? ' (contested)' : '') : 'nobody';
  return new OlStyle({
    fill: new Fill({ color: thin(colour, 0.16) }),
    stroke: new Stroke({ color: colour, width: 1.6, lineDash: all.length === 1 ? undefined : [7, 4] }),
    text: label(`${String(feature.get('name'))}\n${who}`, colours, 12, { bold: true }),
  });
};

export const airdefence: Style = (feature, _, { colours, covering }) => {
  const layer = feature.get('layer') as 'short' | 'medium' | 'long';
  const on = !covering || covering.has(String(feature.get('id')));
  const colour = colours[layer] ?? colours.medium;
  return new OlStyle({
    fill: on ? new Fill({ color: thin(colour, 0.16) }) : undefined,
    stroke: new Stroke({ color: thin(colour, on ? 0.95 : 0.4), width: on ? 1.6 : 1, lineDash: on ? undefined : [2, 4] }),
    zIndex: { long: 0, medium: 1, short: 2 }[layer],
  });
};
