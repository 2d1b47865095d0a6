// The API, typed by its OpenAPI document (`npm run types`): a path that it does not name, a
// parameter or a field that it does not have, does not compile.
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : void;
type Call<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
export type Answer<P extends keyof paths, M extends Method = 'get'> =
  Call<P, M> extends { responses: infer R }
    ? R extends { 200: infer Ok } ? Json<Ok> : R extends { 201: infer Made } ? Json<Made> : void
    : never;
type Body<P extends keyof paths, M extends Method> =
  Call<P, M> extends { requestBody: infer B } ? Json<B> : undefined;
type Values = Record<string, string>;

/** A request that was refused, with what is wrong and beside which field. */
export class Refused extends Error {
  constructor(readonly kind: string, message: string, readonly problems: Schemas['Fault'][] = []) {
    super(message);
  }
}

/** The address of a path with its parameters filled in. */
export function address(path: string, inPath: Values = {}, query: Values = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? ''));
  const asked = new URLSearchParams(query).toString();
  return filled.replace(/^\//, '') + (asked ? `?${asked}` : '');
}

async function call(method: Method, url: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: method.toUpperCase(),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch {
    throw new Refused('offline', 'The workbench does not answer. Is "amberway serve" still running?');
  }
  if (response.ok) return response.status === 204 ? undefined : response.json();
  const failure = (await response.json().catch(() => null)) as Schemas['Failure'] | null;
  throw failure
    ? new Refused(failure.error.kind, failure.error.message, failure.error.problems)
    : new Refused('unknown', `The workbench answered ${response.status}.`);
}

export function get<P extends keyof paths>(path: P, inPath: Values = {}, query: Values = {}) {
  return call('get', address(path, inPath, query)) as Promise<Answer<P>>;
}

export function send<P extends keyof paths, M extends Method>(
  method: M, path: P, inPath: Values = {}, body?: Body<P, M>,
) {
  return call(method, address(path, inPath), body) as Promise<Answer<P, M>>;
}
