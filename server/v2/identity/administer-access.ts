import type { Permission } from '#contract';
import type { RouteGrant } from '../../http/route.ts';
import type { Grant } from '../../identity/grants.ts';

/** Who may see and change accounts, groups and who has which role. */
export const ADMINISTER = 'administer' satisfies Permission;

/** For the one resource that a parameter of the address names. */
export function namedGrant(grant: Grant, param: string): RouteGrant {
  return { any: [grant], of: { param } };
}
