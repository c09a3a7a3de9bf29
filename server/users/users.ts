import type { Database, Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { Refused, type Texts } from '../http/refused.ts';
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../identity/password.ts';
import { isRoleId, ROLES } from '../identity/roles.ts';
import { groupTable, memberTable, userRoleTable, userTable } from './user-tables.ts';

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email?: string | null;
  readonly password: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

export interface NewGroup {
  readonly groupId: string;
  readonly name: Texts;
}

/** What the command line and the start of the server do with accounts. */
export interface Users {
  /** Adds groups that are missing; existing ones keep the names an administrator gave them. */
  addGroups(groups: readonly NewGroup[]): Promise<void>;
  /**
   * Adds an account with its memberships.
   * @returns the login as stored
   * @throws Refused `invalid-request` (login, password, role or group), `conflict` (the login is taken)
   */
  addUser(user: NewUser): Promise<string>;
  /** Sets a new password and ends every session of the account. @throws Refused `not-found`, `invalid-request` */
  setPassword(username: string, password: string): Promise<void>;
  /** Shuts an account and ends its sessions; its history stays. @throws Refused `not-found` */
  deactivate(username: string): Promise<void>;
  count(): Promise<number>;
}

/** Logins are compared as typed by people: without regard to case, composed letters. */
export function loginOf(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,99}$/u;

export function createUsers(deps: { readonly database: Database; readonly now: () => number }): Users {
  const { database, now } = deps;

  const endSessions = async (tx: Executor, username: string): Promise<void> => {
    await queryRows(tx, 'DELETE FROM user_session WHERE username = ?', [username]);
  };

  return {
    addGroups: (groups) =>
      inTransaction(database, async (tx) => {
        const rows = groups.map(({ groupId, name }) => ({ group_id: groupId, name_ru: name.ru, name_en: name.en }));
        await insertNewRows(tx, groupTable, rows);
      }),

    async addUser(user) {
      const username = loginOf(user.username);
      checkUser(username, user);
      const passwordHash = await hashPassword(user.password);
      await inTransaction(database, async (tx) => {
        await requireGroups(tx, user.groups);
        const row = {
          username,
          name: user.name.trim(),
          email: user.email ?? null,
          password_hash: passwordHash,
          active: true,
          created_at: now(),
          password_changed_at: now(),
        };
        const added = await insertNewRows(tx, userTable, [row]);
        if (added.length === 0) {
          throw new Refused('conflict', {
            ru: `Логин «${username}» уже занят. Выберите другой.`,
            en: `The login "${username}" is taken. Choose another.`,
          });
        }
        const groups = [...new Set(user.groups)].map((group_id) => ({ username, group_id }));
        const roles = [...new Set(user.roles)].map((role_id) => ({ username, role_id }));
        await insertNewRows(tx, memberTable, groups);
        await insertNewRows(tx, userRoleTable, roles);
      });
      return username;
    },

    async setPassword(username, password) {
      checkPassword(password);
      const passwordHash = await hashPassword(password);
      await inTransaction(database, async (tx) => {
        const changed = await queryRows(
          tx,
          'UPDATE app_user SET password_hash = ?, password_changed_at = ? WHERE username = ? RETURNING username',
          [passwordHash, now(), loginOf(username)],
        );
        requireOne(changed, username);
        await endSessions(tx, loginOf(username));
      });
    },

    deactivate: (username) =>
      inTransaction(database, async (tx) => {
        const changed = await queryRows(tx, 'UPDATE app_user SET active = ? WHERE username = ? RETURNING username', [
          false,
          loginOf(username),
        ]);
        requireOne(changed, username);
        await endSessions(tx, loginOf(username));
      }),

    async count() {
      const [row] = await queryRows<{ n: number }>(
        { sql: database.reader, dialect: database.dialect },
        'SELECT count(*) AS n FROM app_user',
      );
      return row!.n;
    },
  };
}

function checkUser(username: string, user: NewUser): void {
  if (!LOGIN.test(username)) {
    throw invalid(
      'Логин: буквы, цифры, точка, дефис, подчёркивание, @; до 100 знаков.',
      'Login: letters, digits, . - _ @; up to 100 characters.',
    );
  }
  if (user.name.trim() === '' || user.name.length > 200) {
    throw invalid('Имя: от 1 до 200 знаков.', 'Name: 1 to 200 characters.');
  }
  checkPassword(user.password);
  for (const role of user.roles) {
    if (isRoleId(role)) continue;
    const known = Object.keys(ROLES).join(', ');
    throw invalid(`Роли «${role}» нет. Есть: ${known}.`, `There is no role "${role}". There are: ${known}.`);
  }
}

function checkPassword(password: string): void {
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return;
  throw invalid(
    `Пароль: от ${MIN_PASSWORD_LENGTH} до ${MAX_PASSWORD_LENGTH} знаков.`,
    `Password: ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
  );
}

async function requireGroups(tx: Executor, groups: readonly string[]): Promise<void> {
  const rows = await queryRows<{ group_id: string }>(tx, 'SELECT group_id FROM app_group');
  const known = new Set(rows.map(({ group_id }) => group_id));
  for (const group of groups) {
    if (known.has(group)) continue;
    const list = [...known].join(', ');
    throw invalid(`Группы «${group}» нет. Есть: ${list}.`, `There is no group "${group}". There are: ${list}.`);
  }
}

function requireOne(rows: readonly unknown[], username: string): void {
  if (rows.length > 0) return;
  throw new Refused('not-found', { ru: `Логина «${username}» нет.`, en: `There is no login "${username}".` });
}

function invalid(ru: string, en: string): Refused {
  return new Refused('invalid-request', { ru, en });
}
