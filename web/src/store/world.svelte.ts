// The scenario as the chosen run saw it, and that run's pages. Charts and maps only draw these.
import { get, type Schemas } from '../api/client';
import { clock, play, seek } from './clock.svelte';
import { attempt } from './told.svelte';

interface World {
  run: string | null;
  scenario: Schemas['ScenarioSummary'] | null;
  map: Schemas['ScenarioMap'] | null;
  units: Schemas['Unit'][];
  movements: Schemas['Movements'] | null;
  closure: Schemas['Closure'] | null;
  unitRows: Schemas['UnitRow'][];
  resources: Schemas['ResourceRow'][];
  command: Schemas['CommandTree'] | null;
  scoreboard: Schemas['Scoreboard'] | null;
}

const nothing = {
  movements: null, closure: null, unitRows: [], resources: [], command: null, scoreboard: null,
};
// Raw: the pages are large and never changed in place.
class Held implements World {
  run = $state<string | null>(null);
  scenario = $state.raw<World['scenario']>(null);
  map = $state.raw<World['map']>(null);
  units = $state.raw<World['units']>([]);
  movements = $state.raw<World['movements']>(null);
  closure = $state.raw<World['closure']>(null);
  unitRows = $state.raw<World['unitRows']>([]);
  resources = $state.raw<World['resources']>([]);
  command = $state.raw<World['command']>(null);
  scoreboard = $state.raw<World['scoreboard']>(null);
}
export const world = new Held();

/** The query that names the tables that the page looks at. */
export const over = (): Record<string, string> => (world.run ? { run: world.run } : {});

let asked = 0;

/** Looks at the scenario as planned in a run, or (null) as it is without any. */
export async function look(run: string | null) {
  const mine = ++asked;
  play(false);
  const base: Record<string, string> = run ? { run } : {};
  const current = <T>(then: (got: T) => void) => (got: T | null) => {
    if (got && mine === asked) then(got);
  };
  world.run = run;
  Object.assign(world, nothing);
  const both = [
    attempt(get('/api/map', {}, base)).then(current((map) => (world.map = map))),
    attempt(get('/api/units', {}, base)).then(current((units) => (world.units = units))),
  ];
  if (!world.scenario) both.push(attempt(get('/api/scenario')).then(current((s) => (world.scenario = s))));
  await Promise.all(both);
  if (!run || mine !== asked) return;
  const id = { run };
  await Promise.all([
    attempt(get('/api/runs/{run}/movements', id)).then(current((page) => {
      world.movements = page;
      clock.last = Math.ceil(page.last_day) || 1;
      seek(clock.day);
    })),
    attempt(get('/api/runs/{run}/closure', id)).then(current((page) => (world.closure = page))),
    attempt(get('/api/runs/{run}/units', id)).then(current((page) => (world.unitRows = page))),
    attempt(get('/api/runs/{run}/resources', id)).then(current((page) => (world.resources = page))),
  ]);
}

const loading = new Set<string>();

/** The command tree and the scoreboard, when a view first wants them. */
export async function want(page: 'command' | 'scoreboard') {
  const run = world.run;
  if (!run || world[page] || loading.has(page + run)) return;
  loading.add(page + run);
  const got = await (page === 'command'
    ? attempt(get('/api/runs/{run}/command', { run }))
    : attempt(get('/api/runs/{run}/scoreboard', { run })));
  loading.delete(page + run);
  if (got && world.run === run) Object.assign(world, { [page]: got });
}
