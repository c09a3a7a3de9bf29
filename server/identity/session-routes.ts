import { Type } from '@sinclair/typebox';
import { Credentials, GroupView, Items, PersonView, SessionView, type Language, type Permission } from '#contract';
import { readerOf, type Database } from '../database/connect.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route, type RouteGrant } from '../http/route.ts';
import { listGroups, listPeople, readDirectory } from '../users/directory.ts';
import type { Identity } from './identity.ts';
import { ABSOLUTE_LIMIT } from './identity.ts';
import type { Principal } from './principal.ts';
import { READS_INSTANCES, READS_TASKS } from './route-grants.ts';
import { grantedScope, isNothing } from './scope.ts';
import { isOutsider } from './roles.ts';
import { expiredSessionCookie, readSessionCookie, sessionCookie } from './session-cookie.ts';

export interface SessionRoutesDeps {
  readonly database: Database;
  readonly identity: Identity;
  readonly secure: boolean;
}

export function sessionRoutes({ database, identity, secure }: SessionRoutesDeps): readonly Route[] {
  const reader = readerOf(database);

  const view = async (principal: Principal, language: Language): Promise<SessionView> => {
    const { username, name, email, groups, roles } = principal;
    const directory = await readDirectory(reader, { usernames: [], groupIds: groups, language });
    return {
      user: { username, name, email },
      groups: groups.map((groupId) => ({ groupId, name: directory.groupName(groupId) })),
      roles: [...roles],
      permissions: [...shownPermissions(principal)],
    };
  };

  return [
    route({
      method: 'post',
      path: '/api/session',
      summary: { ru: 'Войти', en: 'Sign in' },
      access: 'public',
      body: { kind: 'json', schema: Credentials, maxBytes: 4_096 },
      response: { status: 200, description: 'Signed in; the cookie is set', schema: SessionView },
      // The answer carries the session's cookie, which must not lie in the command log.
      repeatable: false,
      handler: async ({ body, request, language }) => {
        const previous = readSessionCookie(request.headers.cookie, secure);
        const { token, principal } = await identity.signIn(body, previous);
        const maxAgeSeconds = ABSOLUTE_LIMIT / 1_000;
        return ok(await view(principal, language), { 'set-cookie': sessionCookie(token, { secure, maxAgeSeconds }) });
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      summary: { ru: 'Кто вошёл', en: 'Who is signed in' },
      access: 'signed-in',
      outsiders: true,
      response: { status: 200, description: 'The person and what they may do', schema: SessionView },
      handler: async ({ principal, language }) => ok(await view(principal, language)),
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: { ru: 'Выйти', en: 'Sign out' },
      access: 'public',
      response: { status: 204, description: 'Signed out' },
      repeatable: false,
      handler: async ({ request }) => {
        const token = readSessionCookie(request.headers.cookie, secure);
        if (token !== null) await identity.signOut(token);
        return noContent({ 'set-cookie': expiredSessionCookie(secure) });
      },
    }),
    route({
      method: 'get',
      path: '/api/people',
      summary: { ru: 'Сотрудники для выбора', en: 'People to choose from' },
      access: 'signed-in',
      outsiders: true,
      query: Type.Object({ group: Type.Optional(Type.String({ maxLength: 100 })) }, { additionalProperties: false }),
      response: { status: 200, description: 'Active people by name', schema: Items(PersonView) },
      handler: async ({ query, principal }) => {
        // Of the house nobody is named to people from outside, nor of another organisation.
        const groups = isOutsider(principal) ? principal.groups : null;
        return ok({ items: await listPeople(reader, { group: query.group ?? null, groups }) });
      },
    }),
    route({
      method: 'get',
      path: '/api/groups',
      summary: { ru: 'Группы для выбора', en: 'Groups to choose from' },
      access: 'signed-in',
      outsiders: true,
      response: { status: 200, description: 'All groups', schema: Items(GroupView) },
      handler: async ({ principal, language }) => {
        const items = await listGroups(reader, language);
        return ok({
          items: isOutsider(principal) ? items.filter(({ groupId }) => principal.groups.includes(groupId)) : items,
        });
      },
    }),
  ];
}

/** Which menu entries lead anywhere: also those of which an authorisation opens a part. */
function shownPermissions(principal: Principal): ReadonlySet<Permission> {
  const some = (grant: RouteGrant): boolean => !isNothing(grantedScope(principal, ...grant.any));
  return new Set<Permission>([
    ...principal.permissions,
    ...(some(READS_TASKS) ? (['tasks', 'all-tasks'] as const) : []),
    ...(some(READS_INSTANCES) ? (['cases'] as const) : []),
  ]);
}
