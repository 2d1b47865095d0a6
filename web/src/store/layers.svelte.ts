// What the map shows.
export const LAYERS = [
  ['units', 'Units'],
  ['lots', 'Moving lots, ships'],
  ['rail', 'Railways'],
  ['road', 'Roads'],
  ['sea', 'Sea routes'],
  ['air', 'Air routes'],
  ['places', 'Places'],
  ['areas', 'Areas'],
  ['airdefence', 'Air defence cover'],
  ['command', 'Who commands where'],
  ['headquarters', 'Headquarters'],
] as const;
export type Layer = (typeof LAYERS)[number][0];

const FIRST: Layer[] = ['units', 'lots', 'rail', 'road', 'sea', 'places', 'areas'];
export const shown: Record<Layer, boolean> = $state(
  Object.fromEntries(LAYERS.map(([name]) => [name, FIRST.includes(name)])) as Record<Layer, boolean>,
);
/** Modes and standings that units and lots are shown of. */
export const standings: Record<string, boolean> = $state({ 'in place': true, local: true, reinforcing: true });
/** What the commanders are shown for. */
export const command: { phase: string; domain: string } = $state({ phase: 'defence', domain: 'land' });
