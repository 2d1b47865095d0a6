// Which page is open: the hash of the address, so that it can be kept, sent and gone back to.
export const VIEWS = ['map', 'plan', 'time', 'command', 'whatif', 'compare', 'tables'] as const;
export type View = (typeof VIEWS)[number];

interface Route {
  view: View;
  /** What of the view: a table's name, a draft's id. */
  part: string | null;
  query: Record<string, string>;
}

export const route: Route = $state(parse());

function parse(): Route {
  const [path = '', asked = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, part] = path.split('/').map(decodeURIComponent);
  return {
    view: VIEWS.find((known) => known === view) ?? 'map',
    part: part || null,
    query: Object.fromEntries(new URLSearchParams(asked)),
  };
}

/** The address of a view; what the query holds now stays unless it is given anew (null: dropped). */
export function hash(view: View, part?: string | null, query: Record<string, string | null> = {}) {
  const kept: Record<string, string | null> = { run: route.query.run ?? null, ...query };
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(kept)) if (value !== null) asked.set(key, value);
  const text = asked.toString();
  return `#/${view}${part ? `/${encodeURIComponent(part)}` : ''}${text ? `?${text}` : ''}`;
}

export function go(view: View, part?: string | null, query: Record<string, string | null> = {}) {
  location.hash = hash(view, part, query);
}

window.addEventListener('hashchange', () => Object.assign(route, parse()));
