import { isRecord } from '../json-checks.ts';
import type { FormDraft } from './form-draft.ts';
import { CONDITIONS, type Schema } from './merge-schema.ts';
import { conditionOf } from './condition-of.ts';
import { pointer } from './source-text.ts';

interface Place {
  readonly draft: FormDraft;
  readonly path: string;
  /** The field that a property of this object has become. */
  readonly fieldAt: (name: string) => string | undefined;
}

/** `if`/`then`/`else`, `dependentRequired` and `dependencies` of fields by their values. */
export function importConditions(schema: Schema, { draft, path, fieldAt }: Place): void {
  for (const keyword of ['dependentRequired', 'dependencies'] as const) {
    const dependencies = schema[keyword];
    if (!isRecord(dependencies)) continue;
    for (const [name, needed] of Object.entries(dependencies)) {
      const source = fieldAt(name);
      if (!Array.isArray(needed) || source === undefined) {
        draft.notes.unknown(`${path}/${keyword}/${pointer(name)}`, `${keyword}: ${name}`);
        continue;
      }
      for (const other of needed) {
        const field = fieldAt(String(other));
        if (field !== undefined) draft.requiredWhen(field, `${source} != null`);
      }
    }
  }
  const list = [schema, ...((schema[CONDITIONS] as readonly Schema[] | undefined) ?? [])];
  for (const one of list) {
    if (!isRecord(one['if'])) continue;
    const condition = conditionOf(one['if'], fieldAt);
    const branches = [
      ['then', condition],
      ['else', condition === undefined ? undefined : `not(${condition})`],
    ] as const;
    for (const [branch, holds] of branches) {
      const then: unknown = one[branch];
      if (!isRecord(then)) continue;
      const others = Object.keys(then).filter((key) => key !== 'required');
      if (holds === undefined || others.length > 0) {
        draft.notes.lost(`${path}/${branch}`, {
          ru: 'Условие «if/then» перенесено не целиком: здесь условие может только делать поле обязательным. Проверьте правила.',
          en: 'A condition "if/then" was not carried over whole: here it can only make a field required. Check the rules.',
        });
      }
      if (holds === undefined) continue;
      const required = Array.isArray(then['required']) ? then['required'] : [];
      for (const name of required) {
        const field = fieldAt(String(name));
        if (field !== undefined) draft.requiredWhen(field, holds);
      }
    }
  }
}
