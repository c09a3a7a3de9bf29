import type { JsonValue } from '../../json.ts';
import { nameProblem } from '../field-name.ts';
import { ROW_WORDS } from '../read-table.ts';
import type { ExchangeNotes } from './exchange-note.ts';

export type JsonObject = Readonly<Record<string, JsonValue>>;

/** What a person reads of a field in the source, where there is one language only. */
export interface FieldTexts {
  readonly label?: string | undefined;
  readonly help?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly options?: Readonly<Record<string, string>>;
}

const MAX_TEXT = 2_000;

/**
 * A form that is being put together from another format. Names become names of variables, and texts go to both languages:
 * which of the two the source speaks is told by its letters, and a form without Russian texts could not be shown.
 */
export class FormDraft {
  readonly notes: ExchangeNotes;
  readonly required: string[] = [];
  readonly asserts: JsonObject[] = [];
  private readonly properties = new Map<string, Record<string, JsonValue>>();
  private readonly ru: Record<string, string> = {};
  private readonly en: Record<string, string> = {};
  private groups = 0;

  constructor(notes: ExchangeNotes) {
    this.notes = notes;
  }

  /** @returns the name it got: the wanted one, or the nearest that is free and can stand in a rule */
  addField(wanted: string, path: string, { schema, texts }: { schema: JsonObject; texts: FieldTexts }): string {
    const name = freeName(wanted, (taken) => this.properties.has(taken));
    if (name !== wanted) {
      const en = `"${wanted}" cannot be the name of a variable or is taken; it is "${name}" now. Correct the rules that name it.`;
      const ru = `«${wanted}» не может быть именем переменной или занято; теперь «${name}». Поправьте правила, где оно названо.`;
      this.notes.changed(path, { ru, en });
    }
    this.properties.set(name, { ...schema });
    this.addTexts(name, texts);
    return name;
  }

  field(name: string): Record<string, JsonValue> | undefined {
    return this.properties.get(name);
  }

  addTexts(name: string, { label, help, placeholder, options = {} }: FieldTexts): void {
    this.text(`${name}.label`, label || name);
    this.text(`${name}.help`, help);
    this.text(`${name}.placeholder`, placeholder);
    for (const [value, option] of Object.entries(options)) this.text(`${name}.options.${value}`, option || value);
  }

  /** @returns the text key of a new group or label */
  section(text: string | undefined, kind: 'label' | 'text'): string {
    this.groups += 1;
    const key = `section.${this.groups}`;
    this.text(`${key}.${kind}`, text || (kind === 'label' ? `${this.groups}` : '—'));
    return key;
  }

  text(key: string, text: string | undefined): void {
    const trimmed = text?.trim().slice(0, MAX_TEXT);
    if (!trimmed) return;
    this.ru[key] = trimmed;
    if (!/[А-Яа-яЁё]/u.test(trimmed)) this.en[key] = trimmed;
  }

  /** Shown only while this holds, too; conditions of a field and of what it stands in are joined. */
  visibleWhen(name: string, condition: string): void {
    this.join(name, 'x-visible', condition);
  }

  readonlyWhen(name: string, condition: string): void {
    this.join(name, 'x-readonly', condition);
  }

  requiredWhen(name: string, condition: string): void {
    this.join(name, 'x-required', condition);
  }

  build(form: { readonly key: string; readonly title: string; readonly layout: readonly JsonObject[] }): JsonObject {
    const { key, title, layout } = form;
    const russian = /[А-Яа-яЁё]/u.test(title);
    return {
      $schema: 'form/1',
      key,
      title: russian ? { ru: title } : { ru: title, en: title },
      data: {
        type: 'object',
        ...(this.required.length > 0 && { required: this.required }),
        properties: Object.fromEntries(this.properties),
        ...(this.asserts.length > 0 && { 'x-assert': this.asserts }),
      },
      layout:
        layout.length === 1 && layout[0]!['type'] === 'Categorization'
          ? layout[0]!
          : { type: 'VerticalLayout', elements: layout },
      i18n: { ru: this.ru, en: this.en },
    };
  }

  private join(name: string, keyword: string, condition: string): void {
    const field = this.properties.get(name);
    if (field === undefined) return;
    const before = field[keyword];
    const operator = keyword === 'x-readonly' || keyword === 'x-required' ? 'or' : 'and';
    field[keyword] = typeof before === 'string' ? `(${before}) ${operator} (${condition})` : condition;
  }
}

/** The wanted name, or the nearest that no other has, that can stand in a rule and has no meaning of its own in a table. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  const letters =
    wanted
      .replace(/[^\wА-Яа-яЁё]+/gu, '_')
      .replace(/^(?=\d)/u, '_')
      .slice(0, 60) || 'field';
  const cannot = nameProblem(letters) !== undefined || ROW_WORDS.includes(letters);
  const base = cannot ? `${letters}_` : letters;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (!isTaken(name)) return name;
  }
}

/** A JSON value as FEEL writes it; undefined for what has no literal. */
export function feelLiteral(value: unknown): string | undefined {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return undefined;
}
