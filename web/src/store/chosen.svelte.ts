// What the panel at the side explains: a unit, a resource, a place, a link, a number.
export type Chosen =
  | { kind: 'unit'; id: string }
  | { kind: 'resource'; id: string }
  | { kind: 'place'; id: string }
  | { kind: 'link'; id: string }
  | { kind: 'headquarters'; id: string }
  | { kind: 'number'; id: string };

export const chosen: { trail: Chosen[]; focus: [number, number] | null } = $state({ trail: [], focus: null });

/** Explains it; `anew` forgets how one came here (else "back" leads there). */
export function choose(what: Chosen, anew = false) {
  const last = chosen.trail.at(-1);
  if (last?.kind === what.kind && last.id === what.id) return;
  chosen.trail = anew ? [what] : [...chosen.trail, what];
}

export const why = (number: string) => choose({ kind: 'number', id: number });
export const back = () => (chosen.trail = chosen.trail.slice(0, -1));
export const close = () => (chosen.trail = []);

/** Shows a position on the map: longitude, latitude. */
export const point = (at: [number, number]) => (chosen.focus = at);
