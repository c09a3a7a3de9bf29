type Callback = (error: Error | null, rows?: unknown) => void;

interface Statement {
  all(parameters: unknown, callback: Callback): void;
  finalize(callback?: () => void): void;
}

/** The part of a connection of `sqlite3` that reads and writes go through. */
export interface SqliteConnection {
  all(sql: string, parameters: unknown, callback: Callback): void;
  prepare(sql: string, callback: (error: Error | null) => void): Statement;
  close(callback: (error: Error | null) => void): void;
}

/** Above this the text that was used longest ago goes: lists put their filters together in many ways. */
const KEPT = 200;
/** Of the rest, EXPLAIN would stay open until its next use and so keep a transaction from its COMMIT. */
const KEEPABLE = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i;

/**
 * Makes a connection keep its prepared statements by text: parsing a wide statement takes longer than running it for one
 * row, and each preparation is a round trip to another thread.
 */
export function keepStatements(connection: SqliteConnection): void {
  const kept = new Map<string, Statement>();
  const { all, close } = connection;

  connection.all = (sql, parameters, callback) => {
    if (!KEEPABLE.test(sql)) {
      all.call(connection, sql, parameters, callback);
      return;
    }
    const known = kept.get(sql);
    if (known !== undefined) {
      kept.delete(sql);
      kept.set(sql, known);
      known.all(parameters, callback);
      return;
    }
    const statement = connection.prepare(sql, (error) => {
      if (error !== null) {
        callback(error);
        return;
      }
      statement.all(parameters, callback);
      // Another caller may have prepared the same text meanwhile.
      kept.get(sql)?.finalize();
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) {
        kept.get(oldest)!.finalize();
        kept.delete(oldest);
      }
    });
  };

  // A connection with statements left cannot close.
  connection.close = (callback) => {
    for (const statement of kept.values()) statement.finalize();
    kept.clear();
    close.call(connection, callback);
  };
}
