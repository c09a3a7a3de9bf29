import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { FieldEntry } from '../document/form-document.ts';
import { useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { RuleInput } from './rule-input.tsx';

const RULES = ['visible', 'required', 'readonly', 'value', 'options'] as const;
type Rule = (typeof RULES)[number];

/** What a new rule says until somebody says more: nothing, which keeps the form from being published unfinished. */
const FRESH = '';

/** The conditions of a field, each in words with FEEL behind. */
export function RulesEditor({
  field,
  computedOptions,
}: {
  readonly field: FieldEntry;
  readonly computedOptions: boolean;
}) {
  const words = useWords();
  const store = useStore();
  const set = (rule: Rule, text: string | undefined): void => {
    // A list is either written down or computed; the other is refused.
    const listed = rule === 'options' && text !== undefined ? { enum: undefined } : {};
    const back = rule === 'options' && text === undefined ? { enum: ['option1'] } : {};
    store.run({ kind: 'update', fieldId: field.id, changes: { ...listed, ...back, [`x-${rule}`]: text } });
  };
  const used = RULES.filter((rule) => typeof field.schema[`x-${rule}`] === 'string');
  const free = RULES.filter((rule) => !used.includes(rule) && (rule !== 'options' || computedOptions));
  return (
    <>
      {used.map((rule) => (
        <RuleInput
          key={rule}
          label={words(`rule_${rule}`)}
          value={field.schema[`x-${rule}`] as string}
          condition={rule !== 'value' && rule !== 'options'}
          except={field}
          onChange={(text) => set(rule, text)}
          onRemove={() => set(rule, undefined)}
        />
      ))}
      {free.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
              {words('addRule')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {free.map((rule) => (
              <Menu.Item key={rule} onClick={() => set(rule, FRESH)}>
                {words(`rule_${rule}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
