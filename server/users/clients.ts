import { randomBytes } from 'node:crypto';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { decodeRows, insertNewRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { deleteAuthorizationsOf } from '../identity/authorization-rows.ts';
import { hashPassword } from '../identity/password.ts';
import { loginOf } from './login-of.ts';
import { requireAccount } from './require-user.ts';
import { userTable } from './user-tables.ts';

export interface Client {
  readonly clientId: string;
  readonly name: string;
  readonly createdAt: number;
}

/** Accounts of machines. They begin without a role, are given roles and groups like people, and cannot sign in to the screens. */
export interface Clients {
  list(): Promise<readonly Client[]>;
  /** @returns the secret, which nobody can read again. @throws Refused `invalid-request`, `conflict` (an account has this id) */
  create(clientId: string, name: string): Promise<{ readonly clientId: string; readonly clientSecret: string }>;
  /** A new secret; the old one and every token end. @throws Refused `not-found` */
  renewSecret(clientId: string): Promise<{ readonly clientId: string; readonly clientSecret: string }>;
  /** Shuts the account and ends its tokens; its id stands in histories, so it is never given again. @throws Refused `not-found` */
  remove(clientId: string): Promise<void>;
}

/** The Camunda API's own alphabet for logins: a strict client must be able to read the id back. */
const CLIENT_ID = /^[a-z0-9][a-z0-9._@+-]{0,99}$/;

/** @param deps `onChange` is told when what somebody may do, or how they prove who they are, has changed */
export function createClients(deps: {
  readonly database: Database;
  readonly now: () => number;
  readonly onChange?: () => void;
}): Clients {
  const { database, now, onChange = () => undefined } = deps;
  const endTokens = (tx: Executor, clientId: string) =>
    queryRows(tx, 'DELETE FROM user_session WHERE username = ?', [clientId]);

  return {
    async list() {
      const rows = await queryRows(
        readerOf(database),
        `SELECT * FROM app_user WHERE kind = 'client' AND active = ? ORDER BY username`,
        [true],
      );
      return decodeRows(userTable, rows).map((row) => ({
        clientId: row.username,
        name: row.name,
        createdAt: row.created_at,
      }));
    },

    async create(id, name) {
      const clientId = loginOf(id);
      if (!CLIENT_ID.test(clientId)) {
        throw new Refused('invalid-request', {
          ru: 'clientId: латинские буквы, цифры, . - _ @ +; до 100 знаков.',
          en: 'clientId: Latin letters, digits, . - _ @ +; up to 100.',
        });
      }
      const clientSecret = newSecret();
      const row = {
        username: clientId,
        name: name.trim() === '' ? clientId : name.trim(),
        email: null,
        password_hash: await hashPassword(clientSecret),
        active: true,
        created_at: now(),
        password_changed_at: now(),
        kind: 'client',
      };
      const added = await inTransaction(database, (tx) => insertNewRows(tx, userTable, [row]));
      if (added.length > 0) return { clientId, clientSecret };
      throw new Refused('conflict', {
        ru: `«${clientId}» уже занят: клиенты и люди не бывают с одним именем. Выберите другое.`,
        en: `"${clientId}" is taken: clients and people never share a name. Choose another.`,
      });
    },

    async renewSecret(id) {
      const clientSecret = newSecret();
      const hash = await hashPassword(clientSecret);
      return inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        const clientId = await requireAccount(tx, id, 'client');
        await queryRows(tx, 'UPDATE app_user SET password_hash = ?, password_changed_at = ? WHERE username = ?', [
          hash,
          now(),
          clientId,
        ]);
        await endTokens(tx, clientId);
        return { clientId, clientSecret };
      });
    },

    remove: (id) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        const clientId = await requireAccount(tx, id, 'client');
        await queryRows(tx, 'UPDATE app_user SET active = ? WHERE username = ?', [false, clientId]);
        await endTokens(tx, clientId);
        await deleteAuthorizationsOf(tx, 'CLIENT', clientId);
      }),
  };
}

/** 256 random bits. */
function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
