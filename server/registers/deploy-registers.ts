import { rowTexts, type RegisterModel, type VariableMap } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { updateRows } from '../database/write-rows.ts';
import type { DeploymentProblem } from '../deployments/invalid-deployment.ts';
import { problemIn } from '../deployments/invalid-deployment.ts';
import { isRoleId } from '../identity/roles.ts';
import { listOwnRoles } from '../users/role-read-model.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { checkRow } from './check-row.ts';
import { prepareIndexes } from './register-indexes.ts';
import { sortExpression } from './register-sql.ts';
import { rowTable, type StoredRow } from './register-tables.ts';
import { rowsAfter } from './row-read-model.ts';

/** Rows told by key when a definition does not fit them; the rest is counted. */
const MOST_TOLD = 20;
const LOT = 1_000;

export interface DeployedRegister {
  /** Name of the file as sent. */
  readonly resource: string;
  readonly model: RegisterModel;
}

/**
 * What a changed definition would break: roles nobody has, and stored rows that it no longer lets in, with their fields. Done before
 * the transaction of the deployment, because many rows take long; a row written in between is checked when it is next edited.
 */
export async function registerProblems(
  reader: Executor,
  { resource, model }: DeployedRegister,
  { definitions, now }: { readonly definitions: Definitions; readonly now: number },
): Promise<readonly DeploymentProblem[]> {
  const problems: DeploymentProblem[] = [];
  const own = (await listOwnRoles(reader)).map(({ role_id: roleId }) => roleId);
  for (const kind of ['read', 'write'] as const) {
    for (const role of model.access[kind].filter((one) => one !== '*' && !isRoleId(one) && !own.includes(one)))
      problems.push(
        problemIn(resource, {
          code: 'unknown-role',
          path: `/access/${kind}`,
          message: `There is no role "${role}".`,
          remedy: 'Write "*" for everybody or the id of a role.',
        }),
      );
  }
  // The same definition again, or the first: nothing that could break.
  const before = definitions.register(model.key);
  if (before !== undefined && before.model.keyField !== model.keyField)
    problems.push(
      problemIn(resource, {
        code: 'key-changed',
        path: '/keyField',
        message: `The key field was "${before.model.keyField}": cases and other registers refer to rows by it.`,
        remedy: 'Leave keyField as it is, or make a register with another key.',
      }),
    );
  let broken = 0;
  const language = 'en' as const;
  for (let after = '', lot: readonly StoredRow[] = []; ; after = lot.at(-1)!.row_key) {
    lot = await rowsAfter(reader, { registerKey: model.key, after, limit: LOT });
    for (const { row_key, content } of lot) {
      const { errors } = checkRow(model, { input: content, stored: {} }, { definitions, language, now });
      for (const { path, message } of errors) {
        broken += 1;
        if (broken > MOST_TOLD) continue;
        problems.push(
          problemIn(resource, {
            code: 'row-does-not-fit',
            path,
            message: `The row "${row_key}" does not fit: ${message}`,
            remedy: 'Correct the row first, or let the definition allow its value.',
          }),
        );
      }
    }
    if (lot.length < LOT) break;
  }
  if (broken > MOST_TOLD) {
    const message = `${broken - MOST_TOLD} more values of stored rows do not fit.`;
    problems.push(
      problemIn(resource, { code: 'row-does-not-fit', message, remedy: 'Export the rows and correct them.' }),
    );
  }
  return problems;
}

/** Makes the database ready for a definition: what rows are found by, then the indexes. @returns duplicates that forbid it */
export async function prepareRegister(
  tx: Executor,
  { resource, model }: DeployedRegister,
  before: RegisterModel | undefined,
): Promise<readonly DeploymentProblem[]> {
  if (before === undefined || textsDiffer(before, model)) await rewriteTexts(tx, model);
  const problems = await duplicates(tx, { resource, model });
  if (problems.length === 0) await prepareIndexes(tx, model);
  return problems;
}

function textsDiffer(before: RegisterModel, now: RegisterModel): boolean {
  const found = ({ indexed, display }: RegisterModel): string =>
    JSON.stringify([indexed, display.label, display.search]);
  return found(before) !== found(now);
}

async function rewriteTexts(tx: Executor, model: RegisterModel): Promise<void> {
  for (let after = '', lot: readonly StoredRow[] = []; ; after = lot.at(-1)!.row_key) {
    lot = await rowsAfter(tx, { registerKey: model.key, after, limit: LOT });
    const rows = lot.map((row) => {
      const { label, search, sortValues } = rowTexts(model, row.content as VariableMap);
      return { ...row, label, search, sort_values: sortValues };
    });
    await updateRows(tx, rowTable, rows);
    if (lot.length < LOT) return;
  }
}

async function duplicates(tx: Executor, { resource, model }: DeployedRegister): Promise<readonly DeploymentProblem[]> {
  const problems: DeploymentProblem[] = [];
  for (const field of model.unique) {
    const value = sortExpression(tx.dialect, field);
    const rows = await queryRows<{ value: string; rows: number }>(
      tx,
      `SELECT ${value} AS value, count(*) AS rows FROM register_row WHERE register_key = ? AND ${value} <> ''
       GROUP BY ${value} HAVING count(*) > 1 ORDER BY 1 LIMIT ${MOST_TOLD}`,
      [model.key],
    );
    for (const { value: twice, rows: count } of rows)
      problems.push(
        problemIn(resource, {
          code: 'not-unique',
          path: '/unique',
          message: `"${field}" has the value "${twice}" in ${count} rows.`,
          remedy: 'Make the values different first.',
        }),
      );
  }
  return problems;
}
