import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { Refused, type Texts } from '../http/refused.ts';
import { deleteAuthorizationsOf } from '../identity/authorization-rows.ts';
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../identity/password.ts';
import { isRoleId, ROLES } from '../identity/roles.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import { loginOf } from './login-of.ts';
import { unknownUser } from './require-user.ts';
import { listOwnRoles } from './role-read-model.ts';
import { groupTable, memberTable, userRoleTable, userTable } from './user-tables.ts';

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email?: string | null;
  readonly password: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

export interface UserChanges {
  readonly name?: string;
  readonly email?: string | null;
  readonly password?: string;
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
  /** The account of the first administrator, while there is no account at all. @throws Refused `forbidden` afterwards */
  addFirst(user: Pick<NewUser, 'username' | 'name' | 'email' | 'password'>): Promise<string>;
  /** What is absent stays as it is; a new password ends every session. @throws Refused `not-found`, `invalid-request` */
  update(username: string, changes: UserChanges): Promise<void>;
  /**
   * Shuts an account and ends its sessions; its history stays, so its login is never given to another person.
   * @throws Refused `not-found`, `conflict` (the last administrator)
   */
  deactivate(username: string): Promise<void>;
  count(): Promise<number>;
}

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,99}$/u;

export interface UsersDeps {
  readonly database: Database;
  readonly now: () => number;
  /** Told when what somebody may do, or how they prove who they are, has changed. */
  readonly onChange?: () => void;
}

export function createUsers(deps: UsersDeps): Users {
  const { database, now, onChange = () => undefined } = deps;

  const endSessions = async (tx: Executor, username: string): Promise<void> => {
    await queryRows(tx, 'DELETE FROM user_session WHERE username = ?', [username]);
  };

  const hashOf = (password: string): Promise<string> => {
    checkPassword(password);
    return hashPassword(password);
  };

  const storePassword = async (tx: Executor, username: string, passwordHash: string): Promise<void> => {
    const changed = await queryRows(
      tx,
      'UPDATE app_user SET password_hash = ?, password_changed_at = ? WHERE username = ? RETURNING username',
      [passwordHash, now(), loginOf(username)],
    );
    requireOne(changed, username);
    await endSessions(tx, loginOf(username));
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
      await inTransaction(database, (tx) => insertUser(tx, { ...user, username, passwordHash, now: now() }));
      return username;
    },

    async addFirst(user) {
      const username = loginOf(user.username);
      const first = { ...user, groups: [], roles: ['administrator'] };
      checkUser(username, first);
      const reader = readerOf(database);
      // Asked before the hash as well: nobody may make a stranger's request cost 25 ms of a core.
      await requireNoUsers(reader);
      const passwordHash = await hashPassword(user.password);
      await inTransaction(database, async (tx) => {
        // One at a time, by the row that every deployment locks, too.
        await queryRows(tx, `SELECT revision FROM catalog_revision WHERE id = 1${tx.dialect.forUpdate}`);
        await requireNoUsers(tx);
        await insertUser(tx, { ...first, username, passwordHash, now: now() });
      });
      return username;
    },

    async update(username, { name, email, password }) {
      if (name !== undefined) checkName(name);
      const passwordHash = password === undefined ? null : await hashOf(password);
      await inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        const changed = await queryRows(
          tx,
          `UPDATE app_user SET name = COALESCE(CAST(? AS text), name),
             email = CASE WHEN CAST(? AS integer) = 1 THEN CAST(? AS text) ELSE email END
           WHERE username = ? AND kind = 'person' AND active = ? RETURNING username`,
          [name?.trim() ?? null, email === undefined ? 0 : 1, email ?? null, loginOf(username), true],
        );
        requireOne(changed, username);
        if (passwordHash !== null) await storePassword(tx, username, passwordHash);
      });
    },

    async setPassword(username, password) {
      const passwordHash = await hashOf(password);
      await inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        await storePassword(tx, username, passwordHash);
      });
    },

    deactivate: (username) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        await keepAnAdministrator(tx, async () => {
          const changed = await queryRows(
            tx,
            `UPDATE app_user SET active = ? WHERE username = ? AND kind = 'person' RETURNING username`,
            [false, loginOf(username)],
          );
          requireOne(changed, username);
        });
        await endSessions(tx, loginOf(username));
        await deleteAuthorizationsOf(tx, 'USER', loginOf(username));
      }),

    async count() {
      const [row] = await queryRows<{ n: number }>(readerOf(database), 'SELECT count(*) AS n FROM app_user');
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
  checkName(user.name);
  checkPassword(user.password);
}

function checkName(name: string): void {
  if (name.trim() !== '' && name.length <= 200) return;
  throw invalid('Имя: от 1 до 200 знаков.', 'Name: 1 to 200 characters.');
}

function checkPassword(password: string): void {
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return;
  throw invalid(
    `Пароль: от ${MIN_PASSWORD_LENGTH} до ${MAX_PASSWORD_LENGTH} знаков.`,
    `Password: ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
  );
}

async function insertUser(
  tx: Executor,
  {
    username,
    passwordHash,
    now,
    ...user
  }: Omit<NewUser, 'password'> & { readonly passwordHash: string; readonly now: number },
): Promise<void> {
  await requireGroups(tx, user.groups);
  await requireRoles(tx, user.roles);
  const row = {
    username,
    name: user.name.trim(),
    email: user.email ?? null,
    password_hash: passwordHash,
    active: true,
    created_at: now,
    password_changed_at: now,
    kind: 'person',
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
}

async function requireNoUsers(executor: Executor): Promise<void> {
  const rows = await queryRows(executor, 'SELECT 1 AS one FROM app_user LIMIT 1');
  if (rows.length === 0) return;
  throw new Refused('forbidden', {
    ru: 'Учётные записи уже есть. Новую заводит администратор.',
    en: 'There are accounts already. An administrator adds further ones.',
  });
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

async function requireRoles(tx: Executor, roles: readonly string[]): Promise<void> {
  const unknown = roles.filter((role) => !isRoleId(role));
  if (unknown.length === 0) return;
  const own = (await listOwnRoles(tx)).map(({ role_id }) => role_id);
  const missing = unknown.find((role) => !own.includes(role));
  if (missing === undefined) return;
  const known = [...Object.keys(ROLES), ...own].join(', ');
  throw invalid(`Роли «${missing}» нет. Есть: ${known}.`, `There is no role "${missing}". There are: ${known}.`);
}

function requireOne(rows: readonly unknown[], username: string): void {
  if (rows.length === 0) throw unknownUser(username);
}

function invalid(ru: string, en: string): Refused {
  return new Refused('invalid-request', { ru, en });
}
