import { useMemo } from 'react';
import { describeCondition } from '../../condition-builder/describe-condition.ts';
import { readCondition } from '../../condition-builder/read-condition.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { useDocument } from '../editor-context.ts';
import { conditionFields } from '../inspector/rule-scope.ts';
import { useWords } from '../texts.ts';
import type { RuleName } from './rule-list.ts';

/** A condition in words: «показывается, если *Тип* = *Недовоз*». What cannot be said so stands as FEEL. */
export function RuleWords({ rule, text }: { readonly rule: RuleName; readonly text: string }) {
  const words = useWords();
  const language = useLanguage();
  const document = useDocument();
  const sentence = useMemo(() => {
    if (rule === 'value' || rule === 'options') return undefined;
    const fields = conditionFields(document);
    const reading = readCondition(text, fields);
    return reading.ok && reading.model.rows.length > 0 ? describeCondition(reading.model, fields, language) : undefined;
  }, [rule, text, document, language]);
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
