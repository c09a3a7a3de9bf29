import { createHmac, randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { readerOf, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { Refused } from '../http/refused.ts';
import { findOwnPermissions } from '../users/role-read-model.ts';
import { findMemberships, findUser, type UserRow } from '../users/user-read-model.ts';
import { loginOf } from '../users/login-of.ts';
import type { AccountKind } from '../users/require-user.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { findGrants } from './authorization-rows.ts';
import { readBasicHeader, readBearerHeader, type BasicCredentials } from './basic-header.ts';
import type { KnownPrincipals } from './known-principals.ts';
import { verifyPassword } from './password.ts';
import type { Principal } from './principal.ts';
import { isOutsider, permissionsOf } from './roles.ts';
import { readSessionCookie } from './session-cookie.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  findSession,
  insertSession,
  touchSession,
  type StoredSession,
} from './session-store.ts';
import { newSessionToken, sessionTokenHash } from './session-token.ts';

const HOUR = 60 * 60_000;
/** ASVS 5.0 V7: a session nobody uses ends after a working day, any session after a day. */
export const IDLE_LIMIT = 8 * HOUR;
export const ABSOLUTE_LIMIT = 24 * HOUR;
/** A token of a machine: it asks for the next one by itself. */
export const TOKEN_LIFE = HOUR;
/** `last_seen_at` is written this often at most, so that reading lists stays reading. */
const TOUCH_EVERY = 60_000;
/** How long a Basic password that was once verified is taken without argon2 (25 ms of a core each time). */
const VERIFIED_FOR = 5 * 60_000;
const MAX_VERIFIED = 1_000;

export interface Identity {
  /**
   * Who asks: by Basic or Bearer header where there is one, else by session cookie; null for nobody.
   * @throws Refused `wrong-credentials`, `too-many-attempts` (Basic only)
   */
  identify(request: Request): Promise<Principal | null>;
  /**
   * Checks a password and opens a session; the session of `previousToken` ends, so an old cookie is never promoted.
   * @throws Refused `wrong-credentials` (the same for an unknown login), `too-many-attempts`
   */
  signIn(credentials: BasicCredentials, previousToken: string | null): Promise<{ token: string; principal: Principal }>;
  signOut(token: string): Promise<void>;
  /** A token for an API client by its secret. @throws Refused `wrong-credentials`, `too-many-attempts` */
  issueToken(credentials: BasicCredentials): Promise<string>;
}

export interface IdentityDeps {
  readonly database: Database;
  readonly now: () => number;
  /** True where browsers come by https. */
  readonly secure: boolean;
  /** Shared with whoever changes accounts. */
  readonly known: KnownPrincipals;
  /** True: authorisations for single resources count beside roles. */
  readonly authorizations?: boolean;
  /** For tests, which count how often it is asked. */
  readonly verify?: typeof verifyPassword;
}

const NO_GRANTS: Principal['grants'] = new Map();

export function createIdentity(deps: IdentityDeps): Identity {
  const { database, now, secure, known, authorizations = false, verify = verifyPassword } = deps;
  const reader = readerOf(database);
  const attempts = createAttemptLimit();
  const verified = new Map<string, { readonly passwordHash: string; readonly until: number }>();
  const secret = randomBytes(32);

  const principalOf = async (user: UserRow, by: Principal['by']): Promise<Principal> => {
    const { username, name, email } = user;
    const { groups, roles } = await findMemberships(reader, username);
    const permissions = permissionsOf(roles, await findOwnPermissions(reader, roles));
    const account = { type: user.kind === 'client' ? 'CLIENT' : 'USER', id: username } as const;
    // Somebody from outside is kept to the portal: no authorisation widens it.
    const counts = authorizations && !isOutsider({ permissions });
    const grants = counts ? await findGrants(reader, { account, groups, roles }) : NO_GRANTS;
    return { username, name, email, groups, roles, permissions, grants, by };
  };

  /** The account whose password this is. A wait after failures applies before any work is done. */
  const authenticate = async ({ username, password }: BasicCredentials, only?: AccountKind): Promise<UserRow> => {
    const login = loginOf(username);
    const wait = attempts.waitFor(login, now());
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      throw new Refused('too-many-attempts', {
        ru: `Слишком много неудачных попыток. Подождите ${seconds} с.`,
        en: `Too many failed attempts. Wait ${seconds} s.`,
      });
    }
    const user = await findUser(reader, login);
    const matches = await verify(user?.password_hash ?? null, password);
    if (user === null || !user.active || !matches || (only !== undefined && user.kind !== only)) {
      attempts.failed(login, now());
      throw new Refused('wrong-credentials', {
        ru: 'Логин или пароль не подходят.',
        en: 'The login or the password is wrong.',
      });
    }
    attempts.succeeded(login);
    return user;
  };

  const byBasic = async (credentials: BasicCredentials): Promise<Principal> => {
    const { username, password } = credentials;
    // Keyed by a secret of this process: the cache holds nothing from which a password could be told.
    const digest = createHmac('sha256', secret)
      .update(`${loginOf(username)}\u0000${password}`)
      .digest('hex');
    const lately = known.get(digest);
    if (lately !== undefined) return lately.principal;
    const askedAt = known.asking();
    const principal = await principalOf(await accountOf(credentials, digest), 'basic');
    known.keep(digest, { principal, session: null }, askedAt);
    return principal;
  };

  const accountOf = async (credentials: BasicCredentials, digest: string): Promise<UserRow> => {
    const before = verified.get(digest);
    if (before !== undefined && before.until > now()) {
      const user = await findUser(reader, loginOf(credentials.username));
      if (user !== null && user.active && user.password_hash === before.passwordHash) return user;
    }
    verified.delete(digest);
    const user = await authenticate(credentials);
    if (verified.size >= MAX_VERIFIED) verified.delete(verified.keys().next().value!);
    verified.set(digest, { passwordHash: user.password_hash, until: now() + VERIFIED_FOR });
    return user;
  };

  /** A cookie is a person's and a bearer token a machine's, so neither does for the other. */
  const byToken = async (token: string, by: 'session' | 'bearer'): Promise<Principal | null> => {
    const tokenHash = sessionTokenHash(token);
    const time = now();
    const lately = known.get(tokenHash);
    if (lately !== undefined && lately.principal.by === by && needsNoLook(lately.session, time))
      return lately.principal;
    const askedAt = known.asking();
    const session = await findSession(reader, { tokenHash, now: time, seenSince: time - IDLE_LIMIT });
    if (session === null) return null;
    const user = await findUser(reader, session.username);
    if (user === null || !user.active || user.kind !== (by === 'session' ? 'person' : 'client')) return null;
    const isSeenAnew = time - session.lastSeenAt > TOUCH_EVERY;
    if (isSeenAnew) await inTransaction(database, (tx) => touchSession(tx, tokenHash, time));
    const principal = await principalOf(user, by);
    const lastSeenAt = isSeenAnew ? time : session.lastSeenAt;
    known.keep(tokenHash, { principal, session: { ...session, lastSeenAt } }, askedAt);
    return principal;
  };

  return {
    async identify(request) {
      const bearer = readBearerHeader(request.headers.authorization);
      if (bearer !== null) {
        const principal = await byToken(bearer, 'bearer');
        if (principal !== null) return principal;
        throw new Refused('wrong-credentials', {
          ru: 'Токен неизвестен или истёк. Запросите новый по адресу /oauth/token.',
          en: 'The token is unknown or has expired. Ask for a new one at /oauth/token.',
        });
      }
      const basic = readBasicHeader(request.headers.authorization);
      if (basic === 'malformed' || basic === null) {
        throw new Refused('wrong-credentials', {
          ru: 'Заголовок Authorization не читается. Ожидается Basic с логином и паролем или Bearer с токеном.',
          en: 'The Authorization header cannot be read. Expected Basic with login and password, or Bearer with a token.',
        });
      }
      if (basic !== undefined) return byBasic(basic);
      const token = readSessionCookie(request.headers.cookie, secure);
      return token === null ? null : byToken(token, 'session');
    },

    async signIn(credentials, previousToken) {
      const user = await authenticate(credentials, 'person');
      const token = newSessionToken();
      const startedAt = now();
      await inTransaction(database, async (tx) => {
        if (previousToken !== null) tx.afterCommit(() => known.forget());
        if (previousToken !== null) await deleteSession(tx, sessionTokenHash(previousToken));
        await deleteExpiredSessions(tx, { now: startedAt, seenSince: startedAt - IDLE_LIMIT });
        await insertSession(tx, {
          tokenHash: sessionTokenHash(token),
          username: user.username,
          now: startedAt,
          expiresAt: startedAt + ABSOLUTE_LIMIT,
        });
      });
      return { token, principal: await principalOf(user, 'session') };
    },

    async issueToken(credentials) {
      const { username } = await authenticate(credentials, 'client');
      const token = newSessionToken();
      const startedAt = now();
      await inTransaction(database, async (tx) => {
        await deleteExpiredSessions(tx, { now: startedAt, seenSince: startedAt - IDLE_LIMIT });
        const tokenHash = sessionTokenHash(token);
        await insertSession(tx, { tokenHash, username, now: startedAt, expiresAt: startedAt + TOKEN_LIFE });
      });
      return token;
    },

    signOut: (token) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(() => known.forget());
        await deleteSession(tx, sessionTokenHash(token));
      }),
  };
}

/** True while the session neither ends nor is due to be noted as seen. */
function needsNoLook(session: StoredSession | null, time: number): boolean {
  return session !== null && session.expiresAt > time && time - session.lastSeenAt <= TOUCH_EVERY;
}
