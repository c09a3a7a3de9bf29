import type { Permission } from '#contract';

/** Who may see and change accounts, groups and who has which role. */
export const ADMINISTER = 'administer' satisfies Permission;
