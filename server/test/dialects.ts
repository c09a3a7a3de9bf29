import { once } from './once.ts';
import { createPostgresDatabase, dropPostgresDatabase } from './postgres-database.ts';
import { sharedPostgresServer } from './postgres-server.ts';
import { createSqliteDatabase, dropSqliteDatabase } from './sqlite-database.ts';

/** Where a database is: a file path, or a `postgres://user:password@host:port/name` URL. */
export type ConnectionSettings =
  | { readonly dialect: 'sqlite'; readonly filename: string }
  | { readonly dialect: 'postgres'; readonly connectionString: string };

export type DialectName = ConnectionSettings['dialect'];

/** A fresh, empty database of one test file. */
export interface TestDatabase {
  readonly settings: ConnectionSettings;
  /** Removes the database. Rejects when a connection to it is still open: a leak fails the test. Safe to call twice. */
  drop(): Promise<void>;
}

export interface TestDialect {
  readonly name: DialectName;
  /** Makes an empty database. It is dropped after the last test of the block, should the test not do it. */
  connect(): Promise<TestDatabase>;
}

const DIALECTS: Readonly<Record<DialectName, () => Promise<TestDatabase>>> = {
  sqlite: connectSqlite,
  postgres: connectPostgres,
};

/**
 * Runs one suite on every database: each `.db.test.ts` and `.e2e.test.ts` is wrapped in it.
 * `DIALECTS=sqlite` (a comma-separated list) leaves the others out.
 *
 * @throws Error for an unknown name in DIALECTS, so that a misspelling never passes as "0 failed"
 */
export function forEachDialect(suite: (dialect: TestDialect) => void): void {
  for (const name of wantedDialects()) {
    describe(`on ${name}`, () => {
      const open = new Set<TestDatabase>();
      suite({
        name,
        connect: async () => {
          const { settings, drop } = await DIALECTS[name]();
          const database: TestDatabase = {
            settings,
            drop: once(() => {
              open.delete(database);
              return drop();
            }),
          };
          open.add(database);
          return database;
        },
      });
      after(`drop the databases of ${name}`, async () => {
        for (const database of open) await database.drop();
      });
    });
  }
}

function wantedDialects(): readonly DialectName[] {
  const known = Object.keys(DIALECTS) as DialectName[];
  const wanted = (process.env.DIALECTS || known.join(',')).split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !(known as string[]).includes(name));
  if (unknown.length > 0)
    throw new Error(`Expected DIALECTS to list ${known.join(', ')}, but got "${unknown.join()}".`);
  return known.filter((name) => wanted.includes(name));
}

function connectSqlite(): Promise<TestDatabase> {
  const filename = createSqliteDatabase();
  return Promise.resolve({
    settings: { dialect: 'sqlite', filename },
    drop: async () => dropSqliteDatabase(filename),
  });
}

async function connectPostgres(): Promise<TestDatabase> {
  const server = await sharedPostgresServer();
  const connectionString = await createPostgresDatabase(server);
  return {
    settings: { dialect: 'postgres', connectionString },
    drop: () => dropPostgresDatabase(server, connectionString),
  };
}
