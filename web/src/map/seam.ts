// The only file that knows OpenLayers (docs/adr): everything else asks for what is drawn in the words
// of the scenario. Below lie its vector layers; on top one canvas, painted by whoever holds the pen.
import { boundingExtent, buffer } from 'ol/extent';
import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import LineString from 'ol/geom/LineString';
import Point from 'ol/geom/Point';
import { fromExtent } from 'ol/geom/Polygon';
import Layer from 'ol/layer/Layer';
import VectorLayer from 'ol/layer/Vector';
import VectorImageLayer from 'ol/layer/VectorImage';
import OlMap from 'ol/Map';
import type { FrameState } from 'ol/Map';
import { fromLonLat, transformExtent } from 'ol/proj';
import VectorSource from 'ol/source/Vector';
import View from 'ol/View';
import ScaleLine from 'ol/control/ScaleLine';
import Zoom from 'ol/control/Zoom';
import type { Schemas } from '../api/client';
import type { Palette } from './palette';
import * as styles from './styles';

export type Position = [number, number];
/** A canvas to paint on: `at` turns map metres into pixels, `resolution` is metres a pixel. */
export interface Sheet {
  ctx: CanvasRenderingContext2D;
  width: number;
  height: number;
  resolution: number;
  at(x: number, y: number): Position;
}
export interface Picked { kind: 'place' | 'link' | 'area' | 'airdefence'; id: string; name: string }
export type Vector = 'rail' | 'road' | 'sea' | 'air' | 'places' | 'areas' | 'airdefence' | 'command';
type Name = Vector | 'base';

const THEATRE: [number, number, number, number] = [-12, 41, 40, 71.5];
const HOME: [number, number, number, number] = [7, 52.3, 31, 60.6];
const NEAR = 5; // pixels within which a thing is meant

/** Map metres of a longitude and latitude. */
export const metres = (at: Position): Position => fromLonLat(at) as Position;

export class MapSeam {
  readonly #map: OlMap;
  readonly #layers: Record<Name, VectorLayer | VectorImageLayer>;
  readonly #sources: Record<Name, VectorSource>;
  readonly #canvas: HTMLCanvasElement;
  readonly #json = new GeoJSON({ featureProjection: 'EPSG:3857' });
  #frame: FrameState | null = null;
  #still: HTMLCanvasElement | null = null;
  #paint: (sheet: Sheet) => void = () => undefined;
  #look: styles.Look;
  readonly #animate: boolean;
  readonly #target: HTMLElement;

  /** `animate`: whether the map glides to what it is asked to show. */
  constructor(target: HTMLElement, colours: Palette, animate = true) {
    this.#look = { colours, phase: 'defence', domain: 'land', covering: null };
    const source = () => new VectorSource();
    this.#sources = {
      base: source(), areas: source(), command: source(), airdefence: source(), air: source(),
      sea: source(), road: source(), rail: source(), places: source(),
    };
    const image = (name: Name, style: styles.Style) =>
      new VectorImageLayer({ source: this.#sources[name], style: (f, r) => style(f, r, this.#look), imageRatio: 1.4 });
    const vector = (name: Name, style: styles.Style) =>
      new VectorLayer({
        source: this.#sources[name], style: (f, r) => style(f, r, this.#look), declutter: true,
        renderOrder: (a, b) => Number(a.get('rank') ?? 0) - Number(b.get('rank') ?? 0),
      });
    this.#layers = {
      base: image('base', styles.base),
      airdefence: image('airdefence', styles.airdefence),
      air: image('air', styles.link),
      sea: image('sea', styles.link),
      road: image('road', styles.link),
      rail: image('rail', styles.link),
      places: vector('places', styles.place),
      areas: vector('areas', styles.area),
      command: vector('command', styles.command),
    };
    this.#canvas = document.createElement('canvas');
    this.#canvas.className = 'moving';
    const moving = new Layer({ render: (frame) => this.#render(frame) });
    this.#map = new OlMap({
      target,
      layers: [...Object.values(this.#layers), moving],
      controls: [new Zoom({ zoomInTipLabel: 'Closer', zoomOutTipLabel: 'Further' }), new ScaleLine({ minWidth: 70 })],
      view: new View({ center: fromLonLat([19, 57]), zoom: 5, minZoom: 2, maxZoom: 12, constrainResolution: false }),
    });
    this.#map.getView().fit(transformExtent(HOME, 'EPSG:4326', 'EPSG:3857'), { padding: [10, 10, 10, 10] });
    this.#animate = animate;
    this.#target = target;
  }

  /** Coast and borders. The coarse Atlantic part shows around the theatre only. */
  basemap(collection: Schemas['FeatureCollection']) {
    const all = this.#json.readFeatures(collection) as Feature[];
    const mask = new Feature(fromExtent(transformExtent(THEATRE, 'EPSG:4326', 'EPSG:3857')));
    mask.set('layer', 'mask');
    this.#fill('base', [...all, mask]);
  }

  scenario(map: Schemas['ScenarioMap']) {
    const degree = new Map<string, number>();
    const links: Record<string, Feature[]> = { rail: [], road: [], sea: [], air: [] };
    for (const link of map.links) {
      for (const end of [link.start, link.end]) degree.set(end, (degree.get(end) ?? 0) + 1);
      const feature = new Feature(new LineString(link.line.map((at) => fromLonLat(at))));
      feature.setProperties({ kind: 'link', id: link.id, name: link.id, mode: link.mode }, true);
      links[link.mode]?.push(feature);
    }
    for (const mode of ['rail', 'road', 'sea', 'air'] as const) this.#fill(mode, links[mode]);
    this.#fill('places', map.places.map((place) => {
      const feature = new Feature(new Point(fromLonLat([place.lon, place.lat])));
      const rank = styles.rank(place.kind, degree.get(place.id) ?? 0);
      feature.setProperties({ kind: 'place', id: place.id, name: place.name, sort: place.kind, rank: -rank }, true);
      return feature;
    }));
    const named = new Map(map.headquarters.map((one) => [one.id, one.name]));
    for (const [name, collection] of [['areas', map.areas], ['command', map.command], ['airdefence', map.airdefence]] as const) {
      const features = this.#json.readFeatures(collection) as Feature[];
      features.forEach((feature) => feature.setProperties({ kind: name === 'airdefence' ? name : 'area', id: feature.getId(), named }, true));
      this.#fill(name, features);
    }
  }

  #fill(name: Name, features: Feature[]) {
    this.#sources[name].clear(true);
    this.#sources[name].addFeatures(features);
  }

  show(name: Vector, on: boolean) {
    this.#layers[name].setVisible(on);
  }

  /** Draws the layers anew with these colours, this phase and domain, these air-defence systems. */
  look(change: Partial<styles.Look>) {
    this.#look = { ...this.#look, ...change };
    const touched = change.colours ? Object.values(this.#layers)
      : change.covering !== undefined ? [this.#layers.airdefence] : [this.#layers.command];
    touched.forEach((layer) => layer.changed());
  }

  /** Takes the pen that paints the canvas on top. */
  pen(paint: (sheet: Sheet) => void) {
    this.#paint = paint;
    this.redraw();
  }

  /** Paints the canvas on top again and nothing below it. */
  redraw() {
    if (this.#frame) this.#draw(this.#frame);
    else this.#map.render();
  }

  #render(frame: FrameState): HTMLElement {
    this.#frame = frame;
    const [width, height] = frame.size;
    const scale = frame.pixelRatio;
    if (this.#canvas.width !== Math.round(width * scale) || this.#canvas.height !== Math.round(height * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(height * scale);
      Object.assign(this.#canvas.style, { position: 'absolute', width: `${width}px`, height: `${height}px` });
    }
    this.#draw(frame);
    return this.#canvas;
  }

  #draw(frame: FrameState) {
    const ctx = this.#canvas.getContext('2d')!;
    const [a, b, c, d, e, f] = frame.coordinateToPixelTransform as [number, number, number, number, number, number];
    ctx.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
    ctx.clearRect(0, 0, frame.size[0], frame.size[1]);
    this.#paint({
      ctx, width: frame.size[0], height: frame.size[1], resolution: frame.viewState.resolution,
      at: (x, y) => [a * x + c * y + e, b * x + d * y + f],
    });
  }

  /** Tells what is clicked: the pixel first (a painted thing may be there), then what lies below. */
  onClick(painted: (pixel: Position) => boolean, below: (what: Picked) => void) {
    this.#map.on('singleclick', (event) => {
      if (painted(event.pixel as Position)) return;
      const found = this.#under(event.pixel as Position);
      if (found) below(found);
    });
    this.#map.on('pointermove', (event) => {
      if (event.dragging) return;
      this.#target.style.cursor = this.#under(event.pixel as Position) ? 'pointer' : '';
    });
  }

  #under(pixel: Position): Picked | null {
    let best: Picked | null = null;
    const order = ['place', 'link', 'airdefence', 'area'];
    this.#map.forEachFeatureAtPixel(pixel, (feature) => {
      const kind = feature.get('kind') as Picked['kind'] | undefined;
      if (!kind) return;
      if (!best || order.indexOf(kind) < order.indexOf(best.kind)) {
        best = { kind, id: String(feature.get('id')), name: String(feature.get('name')) };
      }
    }, { hitTolerance: NEAR, layerFilter: (layer) => layer !== this.#layers.base });
    return best;
  }

  /** Brings a position into the middle, near enough to read. */
  focus(at: Position) {
    const view = this.#map.getView();
    const zoom = Math.max(view.getZoom() ?? 0, 7.5);
    if (this.#animate) view.animate({ center: fromLonLat(at), zoom, duration: 350 });
    else {
      view.setCenter(fromLonLat(at));
      view.setZoom(zoom);
    }
  }

  /** Shows all of these positions, in map metres, and some land around them. */
  around(places: Position[]) {
    if (!places.length) return;
    const extent = buffer(boundingExtent(places), 60_000);
    this.#map.getView().fit(extent, { padding: [45, 45, 45, 45], maxZoom: 7 });
  }

  /** Shows the theatre, or everything. */
  fit(everything: boolean) {
    const extent = transformExtent(everything ? [-100, 25, 40, 70] : HOME, 'EPSG:4326', 'EPSG:3857');
    this.#map.getView().fit(extent, { duration: this.#animate ? 350 : 0, padding: [10, 10, 10, 10] });
  }

  /** Moves the map by the arrow keys, as the buttons do by mouse. */
  pan(right: number, down: number) {
    const view = this.#map.getView();
    const step = 80 * (view.getResolution() ?? 1);
    const [x, y] = view.getCenter() ?? [0, 0];
    view.setCenter([x + right * step, y - down * step]);
  }

  zoom(by: number) {
    this.#map.getView().adjustZoom(by);
  }

  /** Draws what is in sight at the width that its element has on paper, or again on the screen. */
  paper(on: boolean) {
    if (on === Boolean(this.#still)) return;
    const before = this.#map.getSize()?.[0];
    this.#map.updateSize();
    const now = this.#map.getSize()?.[0];
    const view = this.#map.getView();
    if (before && now) view.setResolution((view.getResolution() ?? 1) * (before / now));
    this.#map.renderSync();
    this.#still?.remove();
    this.#still = on ? this.#picture() : null;
  }

  /** A still picture over the map: Chromium prints strokes, not pixels, of a canvas drawn this moment, and loses most. */
  #picture(): HTMLCanvasElement {
    const whole = new OffscreenCanvas(this.#canvas.width, this.#canvas.height);
    const ctx = whole.getContext('2d')!;
    for (const canvas of this.#target.querySelectorAll('canvas')) ctx.drawImage(canvas, 0, 0);
    const still = document.createElement('canvas');
    [still.width, still.height] = [whole.width, whole.height];
    still.getContext('bitmaprenderer')!.transferFromImageBitmap(whole.transferToImageBitmap());
    Object.assign(still.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    this.#target.querySelector('.ol-layers')!.after(still);
    return still;
  }

  /** Calls back once what is asked for so far is drawn. */
  drawn(then: () => void) {
    this.#map.once('rendercomplete', then);
  }

  dispose() {
    this.#map.setTarget(undefined);
    this.#map.dispose();
  }
}
