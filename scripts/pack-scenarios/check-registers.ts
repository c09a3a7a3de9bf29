import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileValidator, evaluateForm, overlaps, parseInstant, readRegister } from '#engine';
import type { CalendarSet, JsonValue, RegisterModel, VariableMap } from '#engine';
import type { PackProblem } from './pack-problem.ts';
import type { Pack } from './read-pack.ts';

interface RowsOf {
  readonly register: RegisterModel;
  readonly file: string;
  readonly rows: readonly VariableMap[];
}

/** The demonstration rows of a pack's registers: each fits its definition, keys differ, references lead somewhere, prices do not overlap. */
export function checkRegisters(root: string, pack: Pack, calendars: CalendarSet): readonly PackProblem[] {
  const problems: PackProblem[] = [];
  const filled: RowsOf[] = [];
  for (const { path, content } of pack.files.filter(({ name }) => name.endsWith('.register.json'))) {
    const register = readRegister(JSON.parse(content));
    problems.push(...register.form.warnings.map(({ message }) => ({ file: path, message })));
    const file = path.replace(/\.register\.json$/, '.rows.json');
    if (!existsSync(join(root, file))) continue;
    const rows = JSON.parse(readFileSync(join(root, file), 'utf8')) as readonly VariableMap[];
    filled.push({ register, file, rows: rows.map((row) => checked(row, { register, file, calendars, problems })) });
  }
  const keys = new Map(
    filled.map(({ register, rows }) => [register.key, new Set(rows.map((row) => row[register.keyField]))]),
  );
  for (const { register, file, rows } of filled) {
    const told = (row: VariableMap, what: string): void =>
      void problems.push({ file, message: `the row "${text(row[register.keyField])}" ${what}` });
    const seen = new Set<JsonValue | undefined>();
    rows.forEach((row, index) => {
      const key = row[register.keyField];
      if (seen.has(key)) problems.push({ file, message: `the key "${text(key)}" twice.` });
      seen.add(key);
      for (const { name, source } of register.form.fields.filter(({ kind }) => kind === 'reference')) {
        const value = row[name];
        if (value !== undefined && keys.get(source!.catalog)?.has(value) !== true)
          told(row, `refers in ${name} to "${text(value)}", which is not there.`);
      }
      const other = rows.slice(0, index).find((before) => overlaps(register, row, before));
      if (other !== undefined) told(row, `overlaps the row "${text(other[register.keyField])}".`);
    });
  }
  return problems;
}

function checked(
  input: VariableMap,
  at: { register: RegisterModel; file: string; calendars: CalendarSet; problems: PackProblem[] },
): VariableMap {
  const { register, file, calendars, problems } = at;
  const zone = 'Europe/Moscow';
  const { data, errors, ignored } = evaluateForm({
    form: register.form,
    validate: compileValidator(register.form),
    binding: {},
    mode: 'submit',
    stored: {},
    context: {},
    input,
    now: parseInstant('2026-11-28T12:00', zone),
    zone,
    calendars,
  });
  const key = text(data[register.keyField] ?? JSON.stringify(input));
  problems.push(
    ...ignored.map(({ path, reason }) => ({ file, message: `the row "${key}" writes ${path}, which is ${reason}` })),
    ...errors.map(({ path, message }) => ({ file, message: `the row "${key}" ${path}: ${message}` })),
  );
  return data;
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
