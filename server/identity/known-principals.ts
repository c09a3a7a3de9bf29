import type { Principal } from './principal.ts';
import type { StoredSession } from './session-store.ts';

/**
 * Who proved what lately, so that a request need not ask the database three times who sends it. What this process changes
 * (sign-out, password, role, group, a shut account) counts at once: the change calls `forget` after its commit. What
 * another node changes counts after `KNOWN_FOR` at the latest.
 */
export interface KnownPrincipals {
  /** @param proof hash of a session token or of credentials */
  get(proof: string): KnownPrincipal | undefined;
  /** Notes the moment before the database is asked: what is forgotten meanwhile is not kept. */
  asking(): number;
  keep(proof: string, known: KnownPrincipal, askedAt: number): void;
  /** All of them: accounts change seldom, and reading them again is cheap. */
  forget(): void;
}

export interface KnownPrincipal {
  readonly principal: Principal;
  /** It may end while it is known; null for credentials. */
  readonly session: StoredSession | null;
}

/** Real milliseconds, whatever clock the engine runs by: other nodes live in real time. */
const KNOWN_FOR = 2_000;
/** Bounds memory: who was looked up first leaves first. */
const MAX_KNOWN = 10_000;

export function createKnownPrincipals(realTime = () => performance.now()): KnownPrincipals {
  const entries = new Map<string, KnownPrincipal & { readonly until: number }>();
  let generation = 0;
  return {
    get(proof) {
      const entry = entries.get(proof);
      if (entry === undefined || entry.until > realTime()) return entry;
      entries.delete(proof);
      return undefined;
    },
    asking: () => generation,
    keep(proof, known, askedAt) {
      if (askedAt !== generation) return;
      entries.delete(proof);
      entries.set(proof, { ...known, until: realTime() + KNOWN_FOR });
      if (entries.size <= MAX_KNOWN) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
    forget() {
      generation += 1;
      entries.clear();
    },
  };
}
