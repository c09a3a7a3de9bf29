import type { Node } from '../syntax/syntax-tree.ts';
import { arithmeticType, negationType } from './arithmetic-types.ts';
import { fromFeelType } from './from-feel-type.ts';
import { inferBetween, inferComparison, inferEqualsValue, inferRange } from './infer-comparison.ts';
import { inferCall } from './infer-call.ts';
import { inferFilter } from './infer-filter.ts';
import { inferFor, inferQuantified } from './infer-iteration.ts';
import { inferIf, inferJunction } from './infer-logic.ts';
import { inferIn } from './infer-test.ts';
import { inferName, inferPath, keyOf } from './infer-path.ts';
import { plain, type Inference, type Inferred } from './inference.ts';
import { join } from './join.ts';
import { BOOLEAN_TYPE, isOnlyNull, NULL_TYPE, type Entry, type StaticType } from './static-type.ts';
import { meet } from './meet.ts';
import { NO_FACTS, type TypeEnv } from './type-env.ts';
import { typeOfValue } from './type-of-value.ts';

/** What a node may be, over all values of the variables; what cannot be meant is reported on the way. */
export function inferNode(node: Node, env: TypeEnv, inference: Inference): Inferred {
  const typeOf = (inner: Node): StaticType => inference.infer(inner, env).type;
  switch (node.kind) {
    case 'literal':
      return plain(typeOfValue(node.value));
    case 'name':
      return inferName(node, env, inference);
    case 'path':
      return inferPath(node, env, inference);
    case 'filter':
      return inferFilter(node, env, inference);
    case 'call':
      return inferCall(node, env, inference);
    case 'arithmetic': {
      const types = [typeOf(node.left), typeOf(node.right)] as const;
      const result = arithmeticType(node.op, ...types);
      if (result === null) inference.report('only-null', node, { types, subject: node.op });
      return plain(result ?? NULL_TYPE);
    }
    case 'negation': {
      const type = typeOf(node.operand);
      const result = negationType(type);
      if (result === null) inference.report('only-null', node, { types: [type], subject: '-' });
      return plain(result ?? NULL_TYPE);
    }
    case 'comparison':
      return inferComparison(node, env, inference);
    case 'between':
      return inferBetween(node, env, inference);
    case 'in':
      return inferIn(node, env, inference);
    case 'and':
    case 'or':
      return inferJunction(node, env, inference);
    case 'instanceOf':
      return inferInstance(node, env, inference);
    case 'if':
      return inferIf(node, env, inference);
    case 'for':
      return plain(inferFor(node, env, inference));
    case 'some':
    case 'every':
      return plain(inferQuantified(node, env, inference));
    case 'function': {
      let inner = env;
      for (const { name, type } of node.parameters) inner = inner.bind(name, fromFeelType(type));
      const result = inference.infer(node.body, inner).type;
      return plain([{ kind: 'function', signature: { parameters: node.parameters, result } }]);
    }
    case 'list':
      return plain([{ kind: 'list', of: join(...node.items.map(typeOf)) }]);
    case 'context':
      return plain(contextType(node, env, inference));
    case 'range':
      return plain(inferRange(node, env, inference));
    case 'equals':
      return plain(inferEqualsValue(node, env, inference));
  }
}

/** An entry sees those before it; a function also itself. */
function contextType({ entries }: Extract<Node, { kind: 'context' }>, env: TypeEnv, inference: Inference): StaticType {
  const types = new Map<string, Entry>();
  let inner = env;
  for (const { key, value } of entries) {
    const scope = value.kind === 'function' ? inner.bind(key, 'any') : inner;
    const { type } = inference.infer(value, scope);
    inner = inner.bind(key, type);
    types.set(key, { type });
  }
  const context: StaticType = [{ kind: 'context', entries: types, open: false }];
  return types.size < entries.length ? join(context, NULL_TYPE) : context;
}

function inferInstance(node: Extract<Node, { kind: 'instanceOf' }>, env: TypeEnv, inference: Inference): Inferred {
  const { type } = inference.infer(node.value, env);
  const asked = fromFeelType(node.type);
  const isNull = node.type.kind === 'null';
  const nonNull: StaticType = asked === 'any' ? asked : asked.filter(({ kind }) => isNull || kind !== 'null');
  if (type !== 'any' && !isOnlyNull(type) && meet(type, nonNull).length === 0) {
    inference.report('never-true', node, { types: [type, nonNull] });
  }
  const key = keyOf(node.value);
  return {
    type: BOOLEAN_TYPE,
    whenTrue: key === null || nonNull === 'any' ? NO_FACTS : new Map([[key, nonNull]]),
    whenFalse: NO_FACTS,
  };
}
