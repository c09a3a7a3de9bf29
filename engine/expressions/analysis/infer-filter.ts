import { testsElement } from '../compiler/compile-filter.ts';
import { literalIndex } from '../compiler/literal-index.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { elementOf } from './element-of.ts';
import { matchOf, reportTest } from './infer-test.ts';
import { plain, type Inference, type Inferred } from './inference.ts';
import { join } from './join.ts';
import { isOnlyNull, mayBe, NULL_TYPE, type StaticType } from './static-type.ts';
import type { TypeEnv } from './type-env.ts';

/** `list[condition]`, `list[1]`; a single value is a list of one. */
export function inferFilter(
  { target, condition }: Extract<Node, { kind: 'filter' }>,
  env: TypeEnv,
  inference: Inference,
): Inferred {
  const { type: source } = inference.infer(target, env);
  const element = elementOf(source);
  const one = join(element, NULL_TYPE);
  if (literalIndex(condition) !== null) return plain(one);
  const kept: StaticType = [{ kind: 'list', of: element }];
  const parts: StaticType[] = [kept];
  if (mayBe(source, 'null')) parts.push(NULL_TYPE);
  if (testsElement(condition)) {
    reportTest(condition, element, matchOf(condition, element, env, inference), inference);
    return plain(join(...parts));
  }
  const inner = env.bind('item', element).enterElement(element);
  const { type } = inference.infer(condition, inner);
  if (mayBe(type, 'number')) parts.push(one);
  else if (!mayBe(type, 'boolean') && type.length > 0 && !isOnlyNull(type)) {
    inference.report('not-a-condition', condition, { types: [type] });
  }
  return plain(join(...parts));
}
