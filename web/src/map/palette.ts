// Colours of what is drawn on canvases: those of the report (Okabe and Ito 2008), by light and dark.
// A mode also has a dash pattern, a closing state also a shape: nothing is told by colour alone.
export type Mode = 'rail' | 'road' | 'sea' | 'air';

export const SERIES = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8c8c00'];

/** A colour of SERIES as it is drawn on a dark page. */
export const onDark = (colour: string) =>
  ({ '#0072b2': '#5bb0e6', '#d55e00': '#f08b48', '#009e73': '#3fc79b', '#8c8c00': '#d9d24a' })[colour] ?? colour;

const LIGHT = {
  sea: '#dfe8ef', land: '#f4f2ec', coast: '#b9b4a6', ink: '#1f2328', muted: '#5c6470', halo: '#ffffff',
  rail: '#0072b2', road: '#c05300', seaway: '#00855f', air: '#a8578a', wait: '#777d87',
  area: '#6b7280', panel: 'rgba(255,255,255,0.94)', accent: '#8a4b00',
  short: '#e69f00', medium: '#56b4e9', long: '#0072b2', earlier: '#0072b2', later: '#d55e00',
};
const DARK: typeof LIGHT = {
  sea: '#10181f', land: '#222a31', coast: '#4a545e', ink: '#eef1f4', muted: '#a5aeb8', halo: '#171d23',
  rail: '#5bb0e6', road: '#f08b48', seaway: '#3fc79b', air: '#dd97c2', wait: '#9aa3ad',
  area: '#8a94a0', panel: 'rgba(32,39,46,0.94)', accent: '#ffbd66',
  short: '#e69f00', medium: '#56b4e9', long: '#4f93d8', earlier: '#5bb0e6', later: '#f08b48',
};
export type Palette = typeof LIGHT;

export const palette = (dark: boolean): Palette => (dark ? DARK : LIGHT);
export const modeColour = (colours: Palette, mode: string) =>
  ({ rail: colours.rail, road: colours.road, sea: colours.seaway, air: colours.air })[mode] ?? colours.wait;
export const DASH: Record<Mode, number[] | undefined> = {
  rail: undefined, road: [6, 2], sea: [3, 4], air: [8, 4, 2, 4],
};

/** The mode that a leg's means goes by, as the itineraries name means. */
export function modeOf(means: string): Mode | null {
  if (means === 'train') return 'rail';
  if (means === 'ship') return 'sea';
  if (means === 'aircraft') return 'air';
  return ['march', 'track-march', 'truck', 'coach', 'heavy-transporter'].includes(means) ? 'road' : null;
}
