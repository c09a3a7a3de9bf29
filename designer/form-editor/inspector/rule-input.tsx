import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { ConditionBuilder } from '../../condition-builder/condition-builder.tsx';
import { FeelEditor } from '../../feel-editor/feel-editor.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import type { FieldEntry } from '../document/form-document.ts';
import { columnKey, isRows, tableOf } from '../document/table-columns.ts';
import { useDocument } from '../editor-context.ts';
import { feelVariables } from '../palette/process-variables.ts';
import { useProcessVariables } from '../palette/use-process-variables.ts';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';
import { withProcessFields } from './process-conditions.ts';
import { formVariables, rowConditionFields, rowVariables } from './row-scope.ts';
import { conditionFields } from './rule-scope.ts';

interface RuleInputProps {
  readonly label: string;
  readonly value: string;
  /** Yes or no, asked without code; otherwise any value, as FEEL. */
  readonly condition: boolean;
  /** The field the rule belongs to: it can hardly decide about itself. */
  readonly except: FieldEntry | null;
  readonly onChange: (text: string) => void;
  readonly onRemove: () => void;
}

/** One condition or formula of the form. */
export function RuleInput({ label, value, condition, except, onChange, onRemove }: RuleInputProps) {
  const words = useWords();
  const language = useLanguage();
  const document = useDocument();
  const table = except === null ? undefined : tableOf(document, except.id);
  const ofForm = table ? rowVariables(document, table) : formVariables(document);
  const ofProcess = useProcessVariables();
  const variables = [...ofForm, ...feelVariables(ofProcess, words)];
  const fields = table ? rowConditionFields(document, table, value) : conditionFields(document);
  const spoken = condition ? withProcessFields(fields, ofProcess, { document, words, language }) : fields;
  const own = except === null || isRows(except.id) ? [] : [except.name, `row.${columnKey(except)}`, columnKey(except)];
  const common = { label, value, onChange, language, complete: false, variables };
  return (
    <div className={styles.rule}>
      {condition ? (
        <ConditionBuilder {...common} fields={spoken.filter(({ name }) => !own.includes(name))} sentenceStart={label} />
      ) : (
        <FeelEditor {...common} multiline />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        className={styles.removeRule}
        aria-label={words('removeRule', { what: label })}
        onClick={onRemove}
      >
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
