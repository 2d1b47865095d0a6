// How numbers, days and words are written.
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

export const count = (value: number) => whole.format(value);
export const figure = (value: number, places = 1) =>
  new Intl.NumberFormat('en-GB', { maximumFractionDigits: places }).format(value);
export const percent = (share: number, places = 1) => `${figure(share * 100, places)} %`;
/** "C+12.4" of days after C-day. */
export const day = (value: number | null | undefined, places = 1) =>
  value === null || value === undefined ? 'not closed' : `C+${value.toFixed(places)}`;
export const hours = (value: number) =>
  value >= 48 ? `${figure(value / 24)} days` : `${figure(value)} h`;
export const signed = (value: number, places = 1) =>
  (value > 0 ? '+' : value < 0 ? '−' : '') + figure(Math.abs(value), places);
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A cell or score as text. */
export function value(of: unknown): string {
  if (of === null || of === undefined || of === '') return '–';
  if (typeof of === 'number') return figure(of, Math.abs(of) < 10 ? 2 : 1);
  if (typeof of === 'boolean') return of ? 'yes' : 'no';
  return Array.isArray(of) ? of.join(' ') : String(of);
}

/** A number with its unit; shares as per cent. */
export function withUnit(of: unknown, unit: string): string {
  if (unit === 'share' && typeof of === 'number') return percent(of);
  if ((unit === 'day' || unit === 'C+days') && typeof of === 'number') return day(of);
  return unit && of !== null && of !== undefined ? `${value(of)} ${unit}` : value(of);
}

/** A slug from a title, as the server makes them. */
export const slug = (title: string) =>
  title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
    .replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);

/** The date of a day after C-day, "24 Mar". */
export function date(cDay: string, days: number): string {
  const at = new Date(`${cDay}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + Math.floor(days));
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
