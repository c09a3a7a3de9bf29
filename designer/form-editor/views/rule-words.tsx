import { useWords } from '../texts.ts';
import type { RuleName } from './rule-list.ts';

/** A condition in words; what cannot be said so stands as FEEL. */
export function RuleWords({ rule, text }: { readonly rule: RuleName; readonly text: string }) {
  const words = useWords();
  return (
    <>
      {words(`logic_${rule}`)} <code className="r-mono">{text}</code>
    </>
  );
}
