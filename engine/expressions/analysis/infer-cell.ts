import type { Node } from '../syntax/syntax-tree.ts';
import { matchOf, reportTest } from './infer-test.ts';
import type { Inference } from './inference.ts';
import { join } from './join.ts';
import { meet } from './meet.ts';
import { mayBe, type StaticType } from './static-type.ts';
import type { TypeEnv } from './type-env.ts';

/** The inputs for which one test of a cell may pass. A condition that mentions `?` stands for itself. */
export function matchInCell(test: Node, input: StaticType, env: TypeEnv, inference: Inference): StaticType {
  const match = matchOf(test, input, env, inference);
  const passed = match.holds ? meet(input, match.admitted) : [];
  if (!PLAIN.has(test.kind)) {
    const { type, whenTrue } = inference.infer(test, env);
    if (mayBe(type, 'boolean')) return join(passed, meet(input, whenTrue.get(INPUT) ?? 'any'));
  }
  reportTest(test, input, match, inference);
  return passed;
}

const INPUT = JSON.stringify('?');

/** What is compared with the input, whatever it gives. */
const PLAIN: ReadonlySet<Node['kind']> = new Set(['literal', 'range', 'equals']);
