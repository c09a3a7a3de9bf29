import type { Permission } from '#contract';

/** Who asks, as every feature sees them. Made from the database and known for moments, so a lost role works at once. */
export interface Principal {
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** How they proved it: the browser's cookie or an API client's Basic header. */
  readonly by: 'session' | 'basic';
}
