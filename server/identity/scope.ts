import type { Permission } from '#contract';
import type { Dialect } from '../database/dialects/dialect.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';
import type { Grant } from './grants.ts';
import type { Principal } from './principal.ts';

/** Which resources of a kind somebody may touch: all of them, or those with these ids (a process by its BPMN id). */
export interface Scope {
  readonly all: boolean;
  readonly ids: ReadonlySet<string>;
}

export const EVERYTHING: Scope = { all: true, ids: new Set() };
const NOTHING: Scope = { all: false, ids: new Set() };

export function isNothing({ all, ids }: Scope): boolean {
  return !all && ids.size === 0;
}

export function inScope({ all, ids }: Scope, id: string): boolean {
  return all || ids.has(id);
}

/** The same for rows. @param column holds the id of the resource */
export function withinScope({ all, ids }: Scope, column: string, dialect: Dialect): Condition {
  if (all) return { sql: '1 = 1', parameters: [] };
  return { sql: `${column} IN (${dialect.listFromJson('text')})`, parameters: [JSON.stringify([...ids])] };
}

/** What authorisations allow, any of the grants being enough. */
export function grantedScope({ grants }: Principal, ...any: readonly Grant[]): Scope {
  return any.map((grant) => grants.get(grant) ?? NOTHING).reduce(unite, NOTHING);
}

/** Everything with the permission of a role, else what authorisations allow. */
export function scopeOf(principal: Principal, permission: Permission, ...any: readonly Grant[]): Scope {
  return principal.permissions.has(permission) ? EVERYTHING : grantedScope(principal, ...any);
}

export function unite(a: Scope, b: Scope): Scope {
  if (isNothing(a)) return b;
  return a.all || b.all ? EVERYTHING : { all: false, ids: new Set([...a.ids, ...b.ids]) };
}
