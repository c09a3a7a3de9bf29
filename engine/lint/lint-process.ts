import type { ProcessModel } from '../model/process-model.ts';
import { typedExpressionsOf, type TypedPlace } from './feel/typed-expressions.ts';
import type { LintFinding } from './lint-finding.ts';
import { findingOf, type LintSubject, type LintSurroundings } from './lint-rule.ts';
import { lintRules } from './rules/index.ts';
import { soundnessOf, type ScopeSoundness } from './soundness/soundness-of.ts';

/** Looks at a compiled process with every rule, or those named: errors first, each in the order of the rules. */
export function lintProcess(
  process: ProcessModel,
  surroundings: LintSurroundings = {},
  names: readonly string[] = lintRules.map(({ name }) => name),
): readonly LintFinding[] {
  let explored: readonly ScopeSoundness[] | undefined;
  let typed: readonly TypedPlace[] | undefined;
  const subject: LintSubject = {
    process,
    surroundings,
    soundness: () => (explored ??= soundnessOf(process, surroundings)),
    expressions: () => (typed ??= typedExpressionsOf(process, surroundings)),
  };
  const rules = lintRules.filter(({ name }) => names.includes(name));
  const findings = rules.flatMap((rule) =>
    rule.check(subject).map((found) => findingOf(rule, process.processId, found)),
  );
  return [...findings].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
