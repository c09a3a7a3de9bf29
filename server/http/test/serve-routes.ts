import { pino } from 'pino';
import type { Database } from '../../database/connect.ts';
import { connectTestDatabase } from '../../database/test/connect-test-database.ts';
import { migrate } from '../../database/migrate.ts';
import { createIdentity } from '../../identity/identity.ts';
import { createKnownPrincipals } from '../../identity/known-principals.ts';
import { verifyPassword } from '../../identity/password.ts';
import { sessionRoutes } from '../../identity/session-routes.ts';
import type { ConnectionSettings } from '../../test/dialects.ts';
import { STANDARD_GROUPS } from '../../users/standard-groups.ts';
import { createGroups, type Groups } from '../../users/groups.ts';
import { createUserRoles, type UserRoles } from '../../users/user-roles.ts';
import { createUsers, type Users } from '../../users/users.ts';
import { createHttpApp } from '../create-http-app.ts';
import { closeServer, createHttpServer, listen } from '../http-server.ts';
import type { Route } from '../route.ts';
import { systemRoutes } from '../system-routes.ts';

export interface ServedRoutes {
  readonly url: string;
  readonly database: Database;
  readonly users: Users;
  readonly groups: Groups;
  readonly userRoles: UserRoles;
  /** How many passwords were hashed to compare them. */
  verifications(): number;
  /** Moves the clock of sessions and limits, which else stands: a busy machine waits for no limit by being slow. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse battery';

/** The HTTP part alone over a real socket and a real database: identity, system routes and those under test. */
export async function serveRoutes(
  settings: ConnectionSettings,
  routesOf: (database: Database) => readonly Route[] = () => [],
): Promise<ServedRoutes> {
  const database = await connectTestDatabase(settings);
  await migrate(database);
  let shift = 0;
  let verified = 0;
  const began = Date.now();
  const now = (): number => began + shift;
  const known = createKnownPrincipals();
  const onChange = (): void => known.forget();
  const users = createUsers({ database, now, onChange });
  const [groups, userRoles] = [createGroups({ database, onChange }), createUserRoles({ database, onChange })];
  await users.addGroups(STANDARD_GROUPS);
  await users.addUser({
    username: 'Анна',
    name: 'Анна Орлова',
    password: PASSWORD,
    groups: ['dispatchers'],
    roles: ['dispatcher'],
  });
  await users.addUser({ username: 'boss', name: 'Boss', password: PASSWORD, groups: [], roles: ['administrator'] });
  const identity = createIdentity({
    database,
    now,
    secure: false,
    known,
    verify: (...asked) => {
      verified += 1;
      return verifyPassword(...asked);
    },
  });
  const app = createHttpApp({
    routes: [
      ...systemRoutes({ database, version: '0.0.0-test', demo: false, accepting: () => true }),
      ...sessionRoutes({ database, identity, secure: false }),
      ...routesOf(database),
    ],
    guards: identity,
    logger: pino({ level: 'silent' }),
    secure: false,
    trustedProxies: 0,
    version: '0.0.0-test',
    designerFolder: '/nonexistent',
  });
  const server = createHttpServer(app);
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    users,
    groups,
    userRoles,
    verifications: () => verified,
    advance: (milliseconds) => void (shift += milliseconds),
    close: async () => {
      await closeServer(server, 0);
      await database.close();
    },
  };
}
