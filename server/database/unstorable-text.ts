/** A text that no database keeps: it holds U+0000 or half a surrogate pair. The sender must clean it. */
export class UnstorableText extends Error {
  override readonly name = 'UnstorableText';
  readonly table: string;
  readonly column: string;
  constructor(table: string, column: string) {
    super(`Expected ${table}.${column} to be Unicode text without U+0000 or lone surrogates; remove such characters.`);
    this.table = table;
    this.column = column;
  }
}
