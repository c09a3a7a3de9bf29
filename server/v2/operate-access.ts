import type { Permission } from '#contract';

/**
 * Who may run processes by hand and do the work of machines: start and cancel instances, work on jobs, publish messages,
 * set variables, resolve incidents, complete any user task.
 */
export const OPERATE = 'operate' satisfies Permission;

/** Raw variables of every case at once; whoever sees every task sees their data anyway. */
export const READ_VARIABLES = 'all-tasks' satisfies Permission;

/** Instances, elements, incidents and definitions without their data. */
export const READ_INSTANCES = 'cases' satisfies Permission;
