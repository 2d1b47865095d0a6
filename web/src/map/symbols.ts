// APP-6 symbols as small canvases, drawn once each. The library is large: it is loaded after the
// map, and until it is there a plain frame stands in.
import type { Symbol as SymbolClass } from 'milsymbol';

type Make = new (code: string, options: Record<string, unknown>) => SymbolClass;
export interface Picture { canvas: HTMLCanvasElement; width: number; height: number; x: number; y: number }

let make: Make | null = null;
let loading: Promise<void> | null = null;
const drawn = new Map<string, Picture>();

export function load(): Promise<void> {
  loading ??= import('./app6').then((module) => {
    make = module.Symbol as unknown as Make;
  });
  return loading;
}

/** The symbol of a code (null: not loaded yet); `x`, `y` are its middle in CSS pixels. */
export function symbol(code: string, size: number): Picture | null {
  if (!make) return null;
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const key = `${code}/${size}/${scale}`;
  let picture = drawn.get(key);
  if (!picture) {
    const drawing = new make(code, { size: size * scale, outlineWidth: 3, outlineColor: 'white', strokeWidth: 4 });
    const canvas = drawing.asCanvas();
    const anchor = drawing.getAnchor();
    picture = {
      canvas, width: canvas.width / scale, height: canvas.height / scale, x: anchor.x / scale, y: anchor.y / scale,
    };
    drawn.set(key, picture);
  }
  return picture;
}
