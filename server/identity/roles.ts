import type { Permission } from '#contract';
import type { Texts } from '../http/refused.ts';

/**
 * A role is a named set of permissions. These stand in code: what a permission opens is code too, so the two change
 * together. An administrator adds others (`users/own-roles.ts`).
 */
export interface Role {
  readonly name: Texts;
  readonly permissions: readonly Permission[];
}

export const ROLES = {
  administrator: {
    name: { ru: 'Администратор', en: 'Administrator' },
    permissions: ['tasks', 'cases', 'all-tasks', 'deploy', 'operate', 'administer', 'intake'],
  },
  analyst: {
    name: { ru: 'Аналитик', en: 'Analyst' },
    permissions: ['tasks', 'cases', 'all-tasks', 'deploy', 'operate', 'intake'],
  },
  head: {
    name: { ru: 'Руководитель', en: 'Head' },
    permissions: ['tasks', 'cases', 'all-tasks'],
  },
  dispatcher: {
    name: { ru: 'Диспетчер', en: 'Dispatcher' },
    permissions: ['tasks', 'cases', 'intake'],
  },
  specialist: {
    name: { ru: 'Специалист', en: 'Specialist' },
    permissions: ['tasks'],
  },
  contractor: {
    name: { ru: 'Подрядчик', en: 'Contractor' },
    permissions: ['tasks', 'portal'],
  },
  integration: {
    name: { ru: 'Внешняя система', en: 'Integration' },
    permissions: ['intake'],
  },
  worker: {
    name: { ru: 'Исполнитель заданий (API)', en: 'Job worker (API)' },
    permissions: ['cases', 'operate'],
  },
} as const satisfies Readonly<Record<string, Role>>;

export type RoleId = keyof typeof ROLES;

export function isRoleId(text: string): text is RoleId {
  return Object.hasOwn(ROLES, text);
}

/** All that somebody from another organisation can have. */
const OUTSIDE: ReadonlySet<Permission> = new Set(['tasks', 'portal']);

/**
 * Somebody of another organisation: their groups are their organisation. Such a person is kept to what is theirs, whatever else
 * a role or a group may have given them.
 */
export function isOutsider({ permissions }: { readonly permissions: ReadonlySet<Permission> }): boolean {
  return permissions.has('portal');
}

/** @param own permissions of the roles that do not stand here */
export function permissionsOf(
  roles: readonly string[],
  own: ReadonlyMap<string, readonly Permission[]>,
): ReadonlySet<Permission> {
  const permissions = new Set(
    roles.flatMap((role): readonly Permission[] => (isRoleId(role) ? ROLES[role].permissions : (own.get(role) ?? []))),
  );
  if (!isOutsider({ permissions })) return permissions;
  return new Set([...permissions].filter((permission) => OUTSIDE.has(permission)));
}
