import type { RegisterModel, VariableMap } from '#engine';
import type { Database } from '../database/connect.ts';
import { queryRows, readerOf } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { checkRow } from './check-row.ts';
import type { ChangeOrigin } from './register-tables.ts';
import { saveRows } from './save-rows.ts';

export interface RowsToLoad {
  readonly registerKey: string;
  readonly rows: readonly VariableMap[];
}

/**
 * Fills registers that nobody has written to yet, each in one transaction, in the order given: rows may refer to those of a register
 * before. One that ever had a row is left alone, so that what people deleted does not come back with a restart.
 * @returns how many rows are new
 */
export async function loadRows(
  deps: { readonly database: Database; readonly definitions: Definitions; readonly now: number },
  files: readonly RowsToLoad[],
  origin: ChangeOrigin,
): Promise<number> {
  let count = 0;
  await deps.definitions.refresh();
  for (const { registerKey, rows } of files) {
    const register = deps.definitions.register(registerKey)?.model;
    if (register === undefined || (await wasWritten(deps.database, register))) continue;
    const surroundings = { definitions: deps.definitions, language: 'ru' as const, now: deps.now };
    const checked = rows.map((input) => checkRow(register, { input }, surroundings));
    const [wrong] = checked.flatMap(({ errors }) => errors);
    if (wrong !== undefined) throw new Error(`Expected the rows of ${registerKey} to fit: ${wrong.message}`);
    const outcomes = await inTransaction(deps.database, (tx) =>
      saveRows(tx, {
        ...surroundings,
        register,
        rows: checked.map(({ values }) => ({ values, expected: 'new' })),
        by: null,
        origin,
        whenSomeFail: 'none',
      }),
    );
    const [refused] = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? outcome.errors : []));
    if (refused !== undefined) throw new Error(`Expected the rows of ${registerKey} to fit: ${refused.message}`);
    count += outcomes.length;
  }
  return count;
}

async function wasWritten(database: Database, { key }: RegisterModel): Promise<boolean> {
  const found = await queryRows(
    readerOf(database),
    'SELECT 1 AS one FROM register_change WHERE register_key = ? LIMIT 1',
    [key],
  );
  return found.length > 0;
}
