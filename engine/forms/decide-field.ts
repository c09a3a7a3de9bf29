import type { JsonValue } from '../json.ts';
import type { FormField } from './form-definition.ts';
import type { FormRuleRun, RowScope } from './form-rule-run.ts';
import { normaliseValue } from './normalise-value.ts';

interface FieldDecision {
  /** The task, or the table around it, does not let the person write here. */
  readonly fixed: boolean;
  readonly input: Readonly<Record<string, unknown>>;
  readonly stored: Readonly<Record<string, JsonValue>>;
  /** The member of `input` and `stored` that holds the value. */
  readonly key: string;
  readonly run: FormRuleRun;
  readonly row?: RowScope;
}

/** Is it shown, may it be written, and what does it hold: computed, restored or typed. */
export function decideField(field: FormField, { fixed, input, stored, key, run, row }: FieldDecision) {
  const { rules, within = [] } = field;
  const visible =
    within.every((rule) => run.isTrue(rule)) && (rules.visible === undefined || run.isTrue(rules.visible, row));
  const locked = fixed || (rules.readonly !== undefined && run.isTrue(rules.readonly, row));
  let value: JsonValue | undefined;
  if (rules.value) value = visible ? normaliseValue(field, run.value(rules.value, row)) : undefined;
  else if (locked || !Object.hasOwn(input, key))
    value = normaliseValue(field, Object.hasOwn(stored, key) ? stored[key] : undefined);
  else value = normaliseValue(field, input[key]);
  return { visible, locked, value };
}
