import sqlite3 from 'sqlite3';

/**
 * Writes the database as it is at this moment into a new file. `VACUUM INTO` reads one snapshot of the WAL, so a server
 * goes on writing; the connection is read-only and takes no lock that a writer waits for.
 */
export async function copySqlite(file: string, copy: string): Promise<void> {
  const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  try {
    await new Promise<void>((resolve, reject) =>
      connection.run('VACUUM INTO ?', [copy], (error: Error | null) => (error ? reject(error) : resolve())),
    );
  } finally {
    await new Promise<void>((resolve, reject) => connection.close((error) => (error ? reject(error) : resolve())));
  }
}
