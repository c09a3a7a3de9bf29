import type { Node } from '../syntax/syntax-tree.ts';
import { amongTypes, type Match } from './among-types.ts';
import { compareTypes, type Outcome } from './compare-types.ts';
import { admitted } from './comparison-facts.ts';
import { inferRange, outcomeType } from './infer-comparison.ts';
import { keyOf } from './infer-path.ts';
import type { Inference, Inferred } from './inference.ts';
import { join } from './join.ts';
import { meet } from './meet.ts';
import { isOnlyNull, mayBe, type StaticType } from './static-type.ts';
import { suggestLiteral } from './suggest-literal.ts';
import { NO_FACTS, type TypeEnv } from './type-env.ts';

/** `value in (tests)`: true when one test is. */
export function inferIn(node: Extract<Node, { kind: 'in' }>, env: TypeEnv, inference: Inference): Inferred {
  const { type: value } = inference.infer(node.value, env);
  const matches = node.tests.map((test) => {
    const match = matchOf(test, value, env, inference);
    reportTest(test, value, match, inference);
    return match;
  });
  const outcome: Pick<Outcome, 'holds' | 'fails' | 'unknown'> = {
    holds: matches.some(({ holds }) => holds),
    fails: matches.every(({ fails }) => fails),
    unknown: matches.some(({ unknown }) => unknown),
  };
  const key = keyOf(node.value);
  const admittedTypes = join(...matches.map((match) => match.admitted));
  return {
    type: outcomeType({ ...outcome, comparable: true }),
    whenTrue: key === null || admittedTypes === 'any' ? NO_FACTS : new Map([[key, admittedTypes]]),
    whenFalse: NO_FACTS,
  };
}

/** Says that a test is never passed. */
export function reportTest(test: Node, value: StaticType, match: Match, inference: Inference): void {
  if (match.holds || value === 'any' || value.length === 0 || isOnlyNull(value)) return;
  // What the range says is wrong whatever is tested.
  if (inference.findings.some(({ code, from }) => code === 'empty-range' && from === test.from)) return;
  const types = [value, match.against];
  if (!match.comparable) inference.report('different-types', test, { types, subject: 'in' });
  else inference.report('never-true', test, { types, subject: 'in', suggestion: suggestLiteral(value, match.against) });
}

/** A positive unary test of a value (rule 7), as `compiler/` reads it outside a table. */
export function matchOf(test: Node, value: StaticType, env: TypeEnv, inference: Inference): Match {
  if (test.kind === 'equals') {
    const operand = inference.infer(test.operand, env).type;
    const op = test.negated ? '!=' : '=';
    const outcome = compareTypes(op, value, operand);
    return {
      ...outcome,
      comparable: outcome.comparable || isOnlyNull(operand),
      against: operand,
      admitted: admitted(op, operand),
    };
  }
  if (test.kind === 'range') return matchOfRange(test, value, env, inference);
  return amongTypes(value, inference.infer(test, env).type);
}

function matchOfRange(
  test: Extract<Node, { kind: 'range' }>,
  value: StaticType,
  env: TypeEnv,
  inference: Inference,
): Match {
  const of = inferRange(test, env, inference);
  const bounds = [
    [test.start, test.startIncluded ? '>=' : '>'],
    [test.end, test.endIncluded ? '<=' : '<'],
  ] as const;
  // The bounds were looked at above; a second look says nothing new.
  const sides = bounds.flatMap(([bound, op]) => {
    if (bound === null) return [];
    const type = inference.infer(bound, env).type;
    return [{ outcome: compareTypes(op, value, type), admitted: admitted(op, type) }];
  });
  const inside = sides.map((side) => side.admitted).reduce(meet, 'any');
  return {
    holds: sides.every(({ outcome }) => outcome.holds) && (inside === 'any' || meet(value, inside).length > 0),
    fails: sides.some(({ outcome }) => outcome.fails),
    unknown: sides.some(({ outcome }) => outcome.unknown) || mayBe(of, 'null'),
    comparable: sides.every(({ outcome }) => outcome.comparable),
    against: of,
    admitted: inside,
  };
}
