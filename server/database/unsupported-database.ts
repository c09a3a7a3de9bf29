/** The start-up check failed: the database is too old or not the primary. */
export class UnsupportedDatabase extends Error {
  override readonly name = 'UnsupportedDatabase';
}
