import { createHash } from 'node:crypto';
import { standaloneValidator, type JsonValue, type RegisterModel, type VariableMap } from '#engine';
import type {
  Language,
  RegisterChangeView,
  RegisterDetail,
  RegisterRow,
  RegisterRowPage,
  RegisterRowQuery,
  RegisterSuggestionQuery,
  RegisterSuggestions,
  RegisterSummary,
} from '#contract';
import { readerOf, type Database } from '../database/connect.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { deleteRows, insertRows } from '../database/write-rows.ts';
import { notFound, Refused, type InputError } from '../http/refused.ts';
import { runOnce, type RequestCommand } from '../http/request-command.ts';
import type { Principal } from '../identity/principal.ts';
import type { CompiledRegister, Definitions } from '../runtime/definitions.ts';
import { readDirectory } from '../users/directory.ts';
import { checkRow } from './check-row.ts';
import { mayRead, mayWrite, requireReader, requireWriter } from './register-access.ts';
import { changeTable, rowTable, type FieldChange, type StoredRow } from './register-tables.ts';
import { readRowCursor, writeRowCursor } from './row-cursor.ts';
import { countFound, cursorOf, pageOfRows, requireIndexed, type RowQuery } from './row-page.ts';
import { countRows, findChanges, findRows } from './row-read-model.ts';
import { rowViews } from './row-views.ts';
import { changesBetween, saveRows, type RowToSave } from './save-rows.ts';
import { suggestRows } from './suggest-rows.ts';

export interface RegisterAsker {
  readonly principal: Principal;
  readonly language: Language;
}

export interface RegisterWrite extends RegisterAsker {
  readonly registerKey: string;
  readonly command: RequestCommand | null;
}

/** Each throws Refused `not-found` for a register that the person may not read, `forbidden` for a write without the right. */
export interface Registers {
  list(asker: RegisterAsker): Promise<readonly RegisterSummary[]>;
  detail(registerKey: string, asker: RegisterAsker): Promise<RegisterDetail>;
  validator(registerKey: string, asker: RegisterAsker): Promise<{ readonly hash: string; readonly text: string }>;
  /** @throws Refused `invalid-request` */
  page(registerKey: string, query: RegisterRowQuery, asker: RegisterAsker): Promise<RegisterRowPage>;
  row(registerKey: string, rowKey: string, asker: RegisterAsker): Promise<RegisterRow>;
  /** @throws Refused `form-invalid` with an error per field */
  create(request: RegisterWrite & { readonly values: unknown }): Promise<RegisterRow>;
  /** @throws Refused `form-invalid`, `conflict` with what is stored and what was sent in `errors` */
  update(
    request: RegisterWrite & { readonly rowKey: string; readonly values: unknown; readonly version: number },
  ): Promise<RegisterRow>;
  /** Its history stays. @throws Refused `conflict` */
  remove(request: RegisterWrite & { readonly rowKey: string; readonly version: number }): Promise<void>;
  history(registerKey: string, rowKey: string, asker: RegisterAsker): Promise<readonly RegisterChangeView[]>;
  suggestions(registerKey: string, query: RegisterSuggestionQuery, asker: RegisterAsker): Promise<RegisterSuggestions>;
}

export interface RegistersDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => number;
}

const DEFAULT_LIMIT = 100;

export function createRegisters({ database, definitions, now }: RegistersDeps): Registers {
  const reader = readerOf(database);
  const validators = new WeakMap<RegisterModel, { readonly hash: string; readonly text: string }>();

  const readable = async (registerKey: string, { principal }: RegisterAsker): Promise<CompiledRegister> => {
    await definitions.refresh();
    const found = definitions.register(registerKey);
    requireReader(found?.model, principal);
    return found!;
  };
  const writable = async (registerKey: string, { principal }: RegisterAsker): Promise<RegisterModel> => {
    await definitions.refresh();
    return requireWriter(definitions.register(registerKey)?.model, principal);
  };
  const validatorOf = (model: RegisterModel): { readonly hash: string; readonly text: string } => {
    const known = validators.get(model);
    if (known !== undefined) return known;
    const text = standaloneValidator(model.form);
    const made = { hash: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
    validators.set(model, made);
    return made;
  };
  const titleOf = ({ form }: RegisterModel, language: Language): string => form.title[language] ?? form.title.ru;
  const viewOf = async (register: RegisterModel, row: StoredRow, language: Language): Promise<RegisterRow> =>
    (await rowViews(reader, register, { rows: [row], language }))[0]!;

  /** One row in one transaction, its answer kept for a repeat of the request. */
  const saveOne = async (
    register: RegisterModel,
    row: RowToSave,
    { principal, language, command }: RegisterWrite,
  ): Promise<StoredRow> => {
    const at = now();
    const save = (tx: Transaction): Promise<StoredRow> =>
      runOnce(tx, { command, now: at }, async () => {
        const [outcome] = await saveRows(tx, {
          register,
          rows: [row],
          by: principal.username,
          origin: 'edit',
          language,
          whenSomeFail: 'none',
          definitions,
          now: at,
        });
        if (outcome!.kind === 'refused') throw rowInvalid(outcome!.errors);
        if (outcome!.kind === 'conflict') {
          const stored = outcome!.row;
          throw stored === null ? gone() : conflict(register, { stored, sent: row.values, language });
        }
        return outcome!.row as unknown as JsonValue;
      }) as unknown as Promise<StoredRow>;
    try {
      return await inTransaction(database, save);
    } catch (error) {
      // Somebody created the same row or unique value in the same moment: it is there now, and is told as such.
      if (!database.dialect.isUniqueViolation(error)) throw error;
      return inTransaction(database, save);
    }
  };

  return {
    async list({ principal, language }) {
      await definitions.refresh();
      const mine = definitions.registers().filter(({ model }) => mayRead(model, principal));
      const summaries = await Promise.all(
        mine.map(async ({ model }) => ({
          registerKey: model.key,
          title: titleOf(model, language),
          rows: await countRows(reader, model),
          mayWrite: mayWrite(model, principal),
        })),
      );
      return summaries.sort((a, b) => a.title.localeCompare(b.title, language));
    },

    async detail(registerKey, asker) {
      const { definition, model, source } = await readable(registerKey, asker);
      return {
        registerKey,
        title: titleOf(model, asker.language),
        version: definition.version,
        mayWrite: mayWrite(model, asker.principal),
        definition: source,
        validatorUrl: `/api/registers/${registerKey}/validator/${validatorOf(model).hash}.mjs`,
        now: new Date(now()).toISOString(),
        zone: definitions.zone,
      };
    },

    validator: async (registerKey, asker) => validatorOf((await readable(registerKey, asker)).model),

    async page(registerKey, query, asker) {
      const { model } = await readable(registerKey, asker);
      const asked = readQuery(model, query);
      const limit = query.limit ?? DEFAULT_LIMIT;
      const after = query.cursor === undefined ? undefined : readRowCursor(query.cursor);
      const found = await pageOfRows(reader, model, { ...asked, limit: limit + 1, ...(after && { after }) });
      const rows = found.slice(0, limit);
      return {
        items: [...(await rowViews(reader, model, { rows, language: asker.language }))],
        nextCursor: found.length > limit ? writeRowCursor(cursorOf(rows.at(-1)!, asked.sort)) : null,
        total: await countFound(reader, model, asked),
      };
    },

    async row(registerKey, rowKey, asker) {
      const { model } = await readable(registerKey, asker);
      const row = (await findRows(reader, registerKey, [rowKey])).get(rowKey);
      if (row === undefined) throw notFound({ ru: 'Строка справочника', en: 'Row of the register' });
      return viewOf(model, row, asker.language);
    },

    async create(request) {
      const { registerKey, values: input, language } = request;
      const register = await writable(registerKey, request);
      const { values, errors } = checkRow(register, { input, stored: {} }, { definitions, language, now: now() });
      if (errors.length > 0) throw rowInvalid(errors);
      return viewOf(register, await saveOne(register, { values, expected: 'new' }, request), language);
    },

    async update(request) {
      const { registerKey, rowKey, values: input, version, language } = request;
      const register = await writable(registerKey, request);
      const stored = (await findRows(reader, registerKey, [rowKey])).get(rowKey);
      if (stored === undefined) throw gone();
      const before = stored.content as VariableMap;
      const { values, errors } = checkRow(register, { input, stored: before }, { definitions, language, now: now() });
      // Whether somebody was faster is told first, and by the transaction: a repeat of this very request was.
      if (stored.version === version && errors.length > 0) throw rowInvalid(errors);
      if (values[register.keyField] !== rowKey) throw rowInvalid([keyIsFixed(register, language)]);
      return viewOf(register, await saveOne(register, { values, expected: version }, request), language);
    },

    async remove(request) {
      const { registerKey, rowKey, version, principal, language, command } = request;
      const register = await writable(registerKey, request);
      const at = now();
      await inTransaction(database, (tx) =>
        runOnce(tx, { command, now: at }, async () => {
          const row = (await findRows(tx, registerKey, [rowKey], 'lock')).get(rowKey);
          if (row === undefined) throw gone();
          if (row.version !== version) throw conflict(register, { stored: row, sent: null, language });
          await deleteRows(tx, rowTable, [{ register_key: registerKey, row_key: rowKey }]);
          await insertRows(tx, changeTable, [
            {
              register_key: registerKey,
              row_key: rowKey,
              version: version + 1,
              kind: 'deleted',
              changes: changesBetween(register, row.content as VariableMap, {}),
              changed_at: at,
              changed_by: principal.username,
              origin: 'edit',
            },
          ]);
          return null;
        }),
      );
    },

    async history(registerKey, rowKey, asker) {
      await readable(registerKey, asker);
      const changes = await findChanges(reader, registerKey, rowKey);
      const usernames = changes.flatMap(({ changed_by }) => (changed_by === null ? [] : [changed_by]));
      const { personName } = await readDirectory(reader, { usernames, groupIds: [], language: asker.language });
      return changes.map((change) => ({
        version: change.version,
        kind: change.kind as RegisterChangeView['kind'],
        at: new Date(change.changed_at).toISOString(),
        by: change.changed_by === null ? null : personName(change.changed_by),
        origin: change.origin as RegisterChangeView['origin'],
        changes: [...(change.changes as readonly FieldChange[])],
      }));
    },

    async suggestions(registerKey, query, asker) {
      const { model } = await readable(registerKey, asker);
      return suggestRows(reader, model, query, { definitions, now: now() });
    },
  };
}

/** @throws Refused `invalid-request` */
export function readQuery(register: RegisterModel, query: Omit<RegisterRowQuery, 'cursor' | 'limit'>): RowQuery {
  const where = readWhere(query.where);
  for (const field of Object.keys(where)) requireIndexed(register, field);
  return {
    ...(query.search !== undefined && { search: query.search }),
    where,
    sort: requireIndexed(register, query.sort ?? register.keyField),
    descending: query.order === 'desc',
  };
}

function readWhere(text: string | undefined): Readonly<Record<string, JsonValue>> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, JsonValue>;
  } catch {
    // Told below.
  }
  throw new Refused('invalid-request', {
    ru: 'Параметр where — объект JSON: поле и значение.',
    en: 'The parameter where is a JSON object: field and value.',
  });
}

function rowInvalid(errors: readonly InputError[]): Refused {
  const message = errors[0]?.message ?? '';
  return new Refused('form-invalid', { ru: message, en: message }, errors);
}

function gone(): Refused {
  return new Refused('conflict', {
    ru: 'Этой строки больше нет: её удалили. Обновите список.',
    en: 'The row is gone: somebody deleted it. Refresh the list.',
  });
}

function keyIsFixed({ keyField, form }: RegisterModel, language: Language): InputError {
  const label = form.texts[language].get(`${keyField}.label`) ?? keyField;
  const message =
    language === 'ru'
      ? `«${label}» не меняется: по нему строку находят дела. Создайте новую строку.`
      : `“${label}” does not change: cases find the row by it. Create a new row.`;
  return { path: `/${keyField}`, keyword: 'key', params: {}, message };
}

/** Both values of every field that differs, so that the person can choose. */
function conflict(
  register: RegisterModel,
  {
    stored,
    sent,
    language,
  }: { readonly stored: StoredRow; readonly sent: VariableMap | null; readonly language: Language },
): Refused {
  const differing = sent === null ? [] : changesBetween(register, stored.content as VariableMap, sent);
  const place = { path: '', keyword: 'version', params: { version: stored.version }, message: '' };
  const label = (field: string): string => register.form.texts[language].get(`${field}.label`) ?? field;
  return new Refused(
    'conflict',
    {
      ru: 'Строку изменили, пока вы её правили. Сравните значения и сохраните ещё раз.',
      en: 'The row was changed while you edited it. Compare the values and save again.',
    },
    [
      place,
      ...differing.map(({ field, from, to }) => ({
        path: `/${field}`,
        keyword: 'conflict',
        params: { stored: from, sent: to },
        message: label(field),
      })),
    ],
  );
}
