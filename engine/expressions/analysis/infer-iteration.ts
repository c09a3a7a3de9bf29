import type { Node, Source } from '../syntax/syntax-tree.ts';
import { expectCondition } from './infer-logic.ts';
import type { Inference } from './inference.ts';
import { join } from './join.ts';
import {
  alternativesOf,
  BOOLEAN_TYPE,
  isOnlyNull,
  mayBe,
  NULL_TYPE,
  orderedType,
  type StaticType,
} from './static-type.ts';
import type { TypeEnv } from './type-env.ts';

export function inferFor(
  { sources, body }: Extract<Node, { kind: 'for' }>,
  env: TypeEnv,
  inference: Inference,
): StaticType {
  const inner = bindSources(sources, env, inference).bind('partial', [{ kind: 'list', of: 'any' }]);
  return join([{ kind: 'list', of: inference.infer(body, inner).type }], NULL_TYPE);
}

export function inferQuantified(
  { sources, body }: Extract<Node, { kind: 'some' | 'every' }>,
  env: TypeEnv,
  inference: Inference,
): StaticType {
  const { type } = inference.infer(body, bindSources(sources, env, inference));
  expectCondition(body, type, inference);
  return join(BOOLEAN_TYPE, NULL_TYPE);
}

/** Every source sees the variables of those before it. */
function bindSources(sources: readonly Source[], env: TypeEnv, inference: Inference): TypeEnv {
  return sources.reduce((inner, source) => inner.bind(source.name, itemType(source, inner, inference)), env);
}

/** What an iteration goes through (DMN 1.5 Table 64 e). Nothing: the expression is null. */
function itemType({ list, end }: Source, env: TypeEnv, inference: Inference): StaticType {
  const { type } = inference.infer(list, env);
  if (end !== null) {
    const last = inference.infer(end, env).type;
    const steps = stepsOf(type, last);
    if (steps.length === 0 && !isOnlyNull(type) && !isOnlyNull(last)) {
      inference.report('only-null', { from: list.from, to: end.to }, { types: [type, last], subject: '..' });
    }
    return steps;
  }
  const items = join(
    ...alternativesOf(type).flatMap((one): StaticType[] => {
      if (one.kind === 'null') return [];
      if (one.kind === 'list') return [one.of];
      return one.kind === 'range' ? [stepsOf(one.of, one.of)] : [[one]];
    }),
  );
  // An empty list is no mistake; a range of texts is.
  if (items.length === 0 && mayBe(type, 'range')) inference.report('only-null', list, { types: [type], subject: 'in' });
  return items;
}

/** Whole numbers or dates. */
function stepsOf(from: StaticType, to: StaticType): StaticType {
  const kinds = (['number', 'date'] as const).filter((kind) => mayBe(from, kind) && mayBe(to, kind));
  return join(...kinds.map(orderedType));
}
