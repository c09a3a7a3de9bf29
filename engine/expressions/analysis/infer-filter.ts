import { isNumber } from '../values/decimal.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { elementOf } from './element-of.ts';
import { matchOf, reportTest } from './infer-test.ts';
import { plain, type Inference, type Inferred } from './inference.ts';
import { join } from './join.ts';
import { mayBe, NULL_TYPE, type StaticType } from './static-type.ts';
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
  if (isLiteralIndex(condition)) return plain(one);
  const kept: StaticType = [{ kind: 'list', of: element }];
  const parts: StaticType[] = [kept];
  if (mayBe(source, 'null')) parts.push(NULL_TYPE);
  if (isTest(condition)) {
    reportTest(condition, element, matchOf(condition, element, env, inference), inference);
    return plain(join(...parts));
  }
  const inner = env.bind('item', element).enterElement(element);
  const { type } = inference.infer(condition, inner);
  if (mayBe(type, 'number')) parts.push(one);
  else if (!mayBe(type, 'boolean') && type.length > 0 && !onlyNull(type)) {
    inference.report('not-a-condition', condition, { types: [type] });
  }
  return plain(join(...parts));
}

function onlyNull(type: StaticType): boolean {
  return type !== 'any' && type.every(({ kind }) => kind === 'null');
}

function isLiteralIndex(node: Node): boolean {
  const literal = node.kind === 'negation' ? node.operand : node;
  return literal.kind === 'literal' && isNumber(literal.value) && typeof literal.value === 'number';
}

/** `[> 5]` tests the element itself. */
function isTest(node: Node): boolean {
  return node.kind === 'equals' || (node.kind === 'range' && (node.start === null || node.end === null));
}
