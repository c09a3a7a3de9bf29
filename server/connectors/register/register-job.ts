import { holdsOn, isIsoDate, type JsonValue, type RegisterModel, type VariableMap } from '#engine';
import { readerOf, type Database } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { checkRow } from '../../registers/check-row.ts';
import type { StoredRow } from '../../registers/register-tables.ts';
import { pageOfRows, requireIndexed } from '../../registers/row-page.ts';
import { findRows } from '../../registers/row-read-model.ts';
import { saveRows } from '../../registers/save-rows.ts';
import { Refused } from '../../http/refused.ts';
import type { Definitions } from '../../runtime/definitions.ts';
import type { ActivatedJob } from '../../worker/claim-jobs.ts';
import { BpmnError, JobFailure } from '../../worker/job-errors.ts';
import type { JobHandler } from '../../worker/job-handlers.ts';
import { readParameter, requireText } from '../read-parameter.ts';

export interface RegisterJobDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => number;
}

const DEFAULT_LIMIT = 100;
const MOST = 1_000;

/**
 * Registers for processes (ADR 0019). Parameters come as input mappings or task headers; the result goes to the variable that the
 * header `resultVariable` names.
 *
 * - `reglament:register:get`: `register`, `key` → `row`, null when there is none
 * - `reglament:register:find`: `register`, `where` (indexed field → value), `on` (a day, for rows with effective dates), `limit` → `rows`
 * - `reglament:register:upsert`: `register`, `values` → `row`; the same values again change nothing, so a second try does no harm
 */
export function registerJobs(deps: RegisterJobDeps): readonly (readonly [type: string, handler: JobHandler])[] {
  const reader = readerOf(deps.database);
  const registerOf = async (job: ActivatedJob): Promise<RegisterModel> => {
    const key = requireText(job, 'register');
    await deps.definitions.refresh();
    const found = deps.definitions.register(key);
    if (found !== undefined) return found.model;
    throw hopeless(job, `справочника «${key}» нет`, `there is no register "${key}"`);
  };
  const result = (job: ActivatedJob, name: string, value: JsonValue): VariableMap => ({
    [job.headers['resultVariable'] ?? name]: value,
  });
  const valuesOf = (row: StoredRow | undefined): JsonValue => (row === undefined ? null : (row.content as JsonValue));

  return [
    [
      'reglament:register:get',
      async ({ job }) => {
        const register = await registerOf(job);
        const key = requireText(job, 'key');
        return result(job, 'row', valuesOf((await findRows(reader, register.key, [key])).get(key)));
      },
    ],
    [
      'reglament:register:find',
      async ({ job }) => {
        const register = await registerOf(job);
        const where = contextOf(job, 'where');
        for (const field of Object.keys(where)) requireSearchable(job, register, field);
        const limit = limitOf(job);
        const day = readParameter(job, 'on');
        if (day !== undefined && day !== null && !(typeof day === 'string' && isIsoDate(day)))
          throw hopeless(job, 'параметр «on» — день вида 2026-11-28', 'the parameter "on" is a day like 2026-11-28');
        const found = await pageOfRows(reader, register, {
          where,
          sort: register.keyField,
          descending: false,
          limit: MOST + 1,
        });
        // The index knows no difference between large and small letters; the model does.
        const rows = found
          .map((row) => row.content as VariableMap)
          .filter((row) => Object.entries(where).every(([field, value]) => (row[field] ?? null) === value))
          .filter((row) => typeof day !== 'string' || holdsOn(register, row, day));
        // Half of an answer would be taken for the whole.
        if (rows.length > limit || found.length > MOST)
          throw hopeless(job, `строк больше ${limit}, уточните «where»`, `more than ${limit} rows, narrow "where"`);
        return result(job, 'rows', rows);
      },
    ],
    [
      'reglament:register:upsert',
      async ({ job }) => {
        const register = await registerOf(job);
        const values = contextOf(job, 'values');
        const key = values[register.keyField];
        const stored = typeof key === 'string' ? (await findRows(reader, register.key, [key])).get(key) : undefined;
        const surroundings = { definitions: deps.definitions, language: 'ru' as const, now: deps.now() };
        const before = stored && { stored: stored.content as VariableMap };
        const checked = checkRow(register, { input: values, ...before }, surroundings);
        if (checked.errors.length > 0) throw invalid(checked.errors);
        const [outcome] = await inTransaction(deps.database, (tx) =>
          saveRows(tx, {
            ...surroundings,
            register,
            rows: [{ values: checked.values, expected: stored?.version ?? 'any' }],
            by: null,
            origin: 'process',
            whenSomeFail: 'none',
          }),
        );
        if (outcome!.kind === 'refused') throw invalid(outcome!.errors);
        // Somebody edits the same row: what was read is old, so the whole is tried again.
        if (outcome!.kind === 'conflict') throw new JobFailure('The row was changed meanwhile.');
        return result(job, 'row', valuesOf(outcome!.row));
      },
    ],
  ];
}

function contextOf(job: ActivatedJob, name: string): VariableMap {
  const value = readParameter(job, name) ?? {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as VariableMap;
  throw hopeless(job, `параметр «${name}» — контекст: {поле: значение}`, `the parameter "${name}" is a context`);
}

function limitOf(job: ActivatedJob): number {
  const value = Number(readParameter(job, 'limit') ?? DEFAULT_LIMIT);
  return Number.isInteger(value) && value >= 1 && value <= MOST ? value : DEFAULT_LIMIT;
}

function requireSearchable(job: ActivatedJob, register: RegisterModel, field: string): void {
  try {
    requireIndexed(register, field);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw hopeless(job, error.texts.ru, error.texts.en);
  }
}

/** For the model to catch: a row that the register does not let in. */
function invalid(errors: readonly { readonly message: string }[]): BpmnError {
  return new BpmnError('REGISTER_ROW_INVALID', errors.map(({ message }) => message).join(' '), {});
}

function hopeless(job: ActivatedJob, ru: string, en: string): JobFailure {
  return new JobFailure(`Шаг «${job.elementId}»: ${ru}. / The step "${job.elementId}": ${en}.`, { retries: 0 });
}
