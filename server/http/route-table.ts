import type { Route } from './route.ts';

/** The route that an address names, with the parameters in it. */
export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry {
  readonly route: Route;
  /** Segments; a parameter starts with a colon. */
  readonly segments: readonly string[];
  readonly isPlain: boolean;
}

/** Escapes, empty segments and whatever Express reads as a pattern are left to Express. */
const PLAIN_PATTERN = /^(\/(:\w+|[\w.-]+))+$/;
const PLAIN_ADDRESS = /^(\/[\w.~@+:,=-]+)+$/;

/**
 * Finds the route of an address without asking each of the 200 in turn, as the router of Express does (measured at a
 * third of what an empty request costs). Of several that fit it gives the one declared first, as Express would; of what is
 * not plain it knows nothing, and Express decides.
 */
export function createRouteTable(routes: readonly Route[]): (method: string, path: string) => FoundRoute | undefined {
  const groups = new Map<string, Entry[]>();
  for (const route of routes) {
    const segments = route.path.split('/').slice(1);
    const group = groupOf(route.method.toUpperCase(), segments);
    const entries = groups.get(group) ?? [];
    groups.set(group, [...entries, { route, segments, isPlain: PLAIN_PATTERN.test(route.path) }]);
  }
  // Whether a pattern comes first is for Express to say.
  for (const [group, entries] of groups) if (entries.some(({ isPlain }) => !isPlain)) groups.delete(group);

  return (method, path) => {
    if (!PLAIN_ADDRESS.test(path)) return undefined;
    const given = path.split('/').slice(1);
    const found = groups.get(groupOf(method, given))?.find(({ segments }) => fits(segments, given));
    if (found === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const [at, segment] of found.segments.entries())
      if (segment.startsWith(':')) params[segment.slice(1)] = given[at]!;
    return { route: found.route, params };
  };
}

/** The first two segments are never parameters, so they tell nearly all routes apart. */
function groupOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length} ${segments[0]}/${segments[1] ?? ''}`;
}

function fits(pattern: readonly string[], given: readonly string[]): boolean {
  return pattern.every((segment, at) => segment.startsWith(':') || segment === given[at]);
}
