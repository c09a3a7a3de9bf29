import { useMemo } from 'react';
import { describeCondition } from '../../condition-builder/describe-condition.ts';
import { readCondition } from '../../condition-builder/read-condition.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { useDocument } from '../editor-context.ts';
import type { FieldEntry } from '../document/form-document.ts';
import { withProcessFields } from '../inspector/process-conditions.ts';
import { rowConditionFields } from '../inspector/row-scope.ts';
import { conditionFields } from '../inspector/rule-scope.ts';
import { useProcessVariables } from '../palette/use-process-variables.ts';
import { useWords } from '../texts.ts';
import type { RuleName } from './rule-list.ts';

interface RuleWordsProps {
  readonly rule: RuleName;
  readonly text: string;
  /** The table in whose rows it stands. */
  readonly table: FieldEntry | undefined;
}

/** A condition in words: «показывается, если *Тип* = *Недовоз*». What cannot be said so stands as FEEL. */
export function RuleWords({ rule, text, table }: RuleWordsProps) {
  const words = useWords();
  const language = useLanguage();
  const document = useDocument();
  const ofProcess = useProcessVariables();
  const sentence = useMemo(() => {
    if (rule === 'value' || rule === 'options') return undefined;
    const own = table ? rowConditionFields(document, table, text) : conditionFields(document);
    const fields = withProcessFields(own, ofProcess, { document, words, language });
    const reading = readCondition(text, fields);
    return reading.ok && reading.model.rows.length > 0 ? describeCondition(reading.model, fields, language) : undefined;
  }, [rule, text, table, document, ofProcess, words, language]);
  return (
    <>
      {words(`logic_${rule}`)}{' '}
      {sentence === undefined ? (
        <code className="r-mono">{text}</code>
      ) : (
        sentence.map(({ kind, text: piece }, index) => (kind === 'word' ? piece : <em key={index}>{piece}</em>))
      )}
    </>
  );
}
