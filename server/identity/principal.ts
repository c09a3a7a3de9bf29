import type { Permission } from '#contract';
import type { Grant } from './grants.ts';
import type { Scope } from './scope.ts';

/** Who asks, as every feature sees them. Made from the database and known for moments, so a lost role works at once. */
export interface Principal {
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** What authorisations allow beside the permissions; empty while they are switched off. */
  readonly grants: ReadonlyMap<Grant, Scope>;
  /** How they proved it: the browser's cookie, or a Basic or Bearer header, which no foreign page can send. */
  readonly by: 'session' | 'basic' | 'bearer';
}
