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

/** @param own permissions of the roles that do not stand here */
export function permissionsOf(
  roles: readonly string[],
  own: ReadonlyMap<string, readonly Permission[]>,
): ReadonlySet<Permission> {
  return new Set(
    roles.flatMap((role): readonly Permission[] => (isRoleId(role) ? ROLES[role].permissions : (own.get(role) ?? []))),
  );
}
