import type { Permission } from '#contract';

/** The sections that exist, in menu order. A new section is one line here, one text and one icon. */
export const SCREENS = [
  { name: 'tasks', path: '/tasks', permission: 'tasks' },
  { name: 'cases', path: '/cases', permission: 'cases' },
  { name: 'registers', path: '/registers', permission: 'tasks' },
  { name: 'processes', path: '/processes', permission: 'deploy' },
  { name: 'forms', path: '/forms', permission: 'deploy' },
  { name: 'expressions', path: '/expressions', permission: 'deploy' },
] as const satisfies readonly { readonly name: string; readonly path: string; readonly permission: Permission }[];

/** What people of other organisations have instead. */
export const PORTAL_SCREENS = [
  { name: 'portal', path: '/portal', permission: 'portal' },
  { name: 'tasks', path: '/tasks', permission: 'tasks' },
  { name: 'newRequest', path: '/portal/new', permission: 'portal' },
  { name: 'requests', path: '/portal/cases', permission: 'portal' },
] as const satisfies readonly { readonly name: string; readonly path: string; readonly permission: Permission }[];
