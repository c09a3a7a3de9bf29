import { once } from './once.ts';
import { createPostgresDatabase, dropPostgresDatabase } from './postgres-database.ts';
import { sharedPostgresServer } from './postgres-server.ts';
import { createSqliteDatabase, dropSqliteDatabase } from './sqlite-database.ts';

/** Where a database is: a file path, or a `postgres://user:password@host:port/name` URL. */
export type ConnectionSettings =
  | { readonly dialect: 'sqlite'; readonly filename: string }
  | { readonly dialect: 'postgres'; readonly connectionString: string; readonly distributed?: boolean };

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

/**
 * `distributed` is PostgreSQL without what its distributed relatives lack, and with a conflict in one of ten transactions; it
 * runs when DIALECTS names it. To the tests it is PostgreSQL.
 */
type Variant = DialectName | 'distributed';

const DIALECTS: Readonly<Record<Variant, { readonly name: DialectName; connect(): Promise<TestDatabase> }>> = {
  sqlite: { name: 'sqlite', connect: connectSqlite },
  postgres: { name: 'postgres', connect: () => connectPostgres() },
  distributed: { name: 'postgres', connect: () => connectPostgres({ distributed: true }) },
};
const USUAL: readonly Variant[] = ['sqlite', 'postgres'];

/**
 * Runs one suite on every database: each `.db.test.ts` and `.e2e.test.ts` is wrapped in it.
 * `DIALECTS=sqlite` (a comma-separated list) leaves the others out.
 *
 * @throws Error for an unknown name in DIALECTS, so that a misspelling never passes as "0 failed"
 */
export function forEachDialect(suite: (dialect: TestDialect) => void): void {
  for (const variant of wantedDialects()) {
    const { name, connect } = DIALECTS[variant];
    describe(`on ${variant}`, () => {
      const open = new Set<TestDatabase>();
      suite({
        name,
        connect: async () => {
          const { settings, drop } = await connect();
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
      after(`drop the databases of ${variant}`, async () => {
        for (const database of open) await database.drop();
      });
    });
  }
}

function wantedDialects(): readonly Variant[] {
  const known = Object.keys(DIALECTS) as Variant[];
  const wanted = (process.env.DIALECTS || USUAL.join(',')).split(',').map((name) => name.trim());
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

async function connectPostgres(mode: { readonly distributed?: true } = {}): Promise<TestDatabase> {
  const server = await sharedPostgresServer();
  const connectionString = await createPostgresDatabase(server);
  return {
    settings: { dialect: 'postgres', connectionString, ...mode },
    drop: () => dropPostgresDatabase(server, connectionString),
  };
}
