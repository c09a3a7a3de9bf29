import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../../database/connect.ts';
import { notFound } from '../../http/refused.ts';
import { created, noContent, ok } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import { loginOf } from '../../users/login-of.ts';
import type { Users } from '../../users/users.ts';
import { runSearch } from '../search/run-search.ts';
import { searchRoute } from '../search/search-route.ts';
import { PlainText } from '../wire-schema.ts';
import { ADMINISTER, namedGrant } from './administer-access.ts';
import { OPEN_ACCOUNTS, userSearch } from './identity-searches.ts';
import { Id, UserResult, userView } from './identity-views.ts';

const UserParams = Type.Object({ username: Id });
const Password = Type.String({ maxLength: 1_000 });
const NewUser = Type.Object(
  { username: Id, password: Password, name: Type.Optional(PlainText), email: Type.Optional(PlainText) },
  { additionalProperties: false },
);
const Changes = Type.Object(
  { password: Type.Optional(Password), name: Type.Optional(PlainText), email: Type.Optional(PlainText) },
  { additionalProperties: false },
);

/** Accounts. They begin without a role and may do nothing until one is assigned. */
export function userRoutes({
  database,
  users,
}: {
  readonly database: Database;
  readonly users: Users;
}): readonly Route[] {
  const find = async (username: string): Promise<object> => {
    const where = [OPEN_ACCOUNTS, { sql: 'u.username = ?', parameters: [loginOf(username)] }];
    const { rows } = await runSearch(readerOf(database), userSearch, { query: {}, where });
    if (rows[0] === undefined) throw notFound({ ru: 'Учётная запись', en: 'User' });
    return userView(rows[0]);
  };
  const shownName = (username: string, name: string | undefined): string =>
    name === undefined || name === '' ? username : name;
  const emailOf = (email: string | undefined): string | null => (email === undefined || email === '' ? null : email);

  return [
    route({
      method: 'post',
      path: '/v2/users',
      summary: { ru: 'Завести учётную запись', en: 'Create a user' },
      access: ADMINISTER,
      grant: { any: ['USER:CREATE'], of: 'everything' },
      body: { kind: 'json', schema: NewUser },
      response: { status: 201, description: 'Created, without roles', schema: UserResult },
      // A kept answer would keep the hash of a body with a password.
      repeatable: false,
      handler: async ({ body: { username, password, name, email } }) => {
        const login = await users.addUser({
          username,
          password,
          name: shownName(username, name),
          email: emailOf(email),
          groups: [],
          roles: [],
        });
        return created(await find(login));
      },
    }),
    route({
      method: 'post',
      path: '/v2/setup/user',
      summary: { ru: 'Первый администратор', en: 'Create the first administrator' },
      access: 'public',
      body: { kind: 'json', schema: NewUser },
      response: { status: 201, description: 'Created; refused once there is any account', schema: UserResult },
      repeatable: false,
      handler: async ({ body: { username, password, name, email } }) => {
        const first = { username, password, name: shownName(username, name), email: emailOf(email) };
        return created(await find(await users.addFirst(first)));
      },
    }),
    searchRoute({
      database,
      path: '/users/search',
      summary: { ru: 'Найти учётные записи', en: 'Search users' },
      access: ADMINISTER,
      grant: { any: ['USER:READ'], of: 'rows' },
      spec: userSearch,
      item: UserResult,
      where: () => [OPEN_ACCOUNTS],
      view: (rows) => rows.map(userView),
    }),
    route({
      method: 'get',
      path: '/v2/users/:username',
      summary: { ru: 'Учётная запись', en: 'Get a user' },
      access: ADMINISTER,
      grant: namedGrant('USER:READ', 'username'),
      params: UserParams,
      response: { status: 200, description: 'The user', schema: UserResult },
      handler: async ({ params }) => ok(await find(params.username)),
    }),
    route({
      method: 'put',
      path: '/v2/users/:username',
      summary: { ru: 'Изменить учётную запись', en: 'Update a user' },
      access: ADMINISTER,
      grant: namedGrant('USER:UPDATE', 'username'),
      params: UserParams,
      body: { kind: 'json', schema: Changes },
      response: {
        status: 200,
        description: 'What is absent stays; a new password ends the sessions',
        schema: UserResult,
      },
      repeatable: false,
      handler: async ({ params: { username }, body: { name, email, password } }) => {
        await users.update(username, {
          ...(name === undefined || name === '' ? {} : { name }),
          ...(email === undefined ? {} : { email: emailOf(email) }),
          ...(password === undefined || password === '' ? {} : { password }),
        });
        return ok(await find(username));
      },
    }),
    route({
      method: 'delete',
      path: '/v2/users/:username',
      summary: { ru: 'Закрыть учётную запись', en: 'Delete a user' },
      access: ADMINISTER,
      grant: namedGrant('USER:DELETE', 'username'),
      params: UserParams,
      response: { status: 204, description: 'Shut; its history stays, and its login is not given again' },
      repeatable: false,
      handler: async ({ params: { username } }) => {
        await find(username);
        await users.deactivate(username);
        return noContent();
      },
    }),
  ];
}
