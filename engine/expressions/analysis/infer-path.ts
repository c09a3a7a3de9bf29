import { closestName } from '../compiler/closest-name.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { memberNames, memberType, type Member } from './member-types.ts';
import { type Inference, type Inferred } from './inference.ts';
import { join } from './join.ts';
import { alternativesOf, isOnlyNull, NULL_TYPE, type StaticType } from './static-type.ts';
import { NO_FACTS, type Facts, type TypeEnv } from './type-env.ts';

/** What names a value that conditions may speak of: a name or a path of names. The same key in one scope is one value. */
export function keyOf(node: Node): string | null {
  if (node.kind === 'name') return JSON.stringify(node.name);
  if (node.kind !== 'path') return null;
  const target = keyOf(node.target);
  return target === null ? null : `${target}.${JSON.stringify(node.name)}`;
}

export function inferName(node: Extract<Node, { kind: 'name' }>, env: TypeEnv, inference: Inference): Inferred {
  const { elements, local } = env.resolve(node.name);
  // A variable that nobody declared may be missing or a built-in function: anything.
  let type = local ?? inference.variables.get(node.name) ?? 'any';
  for (const element of [...elements].reverse()) type = join(...ownFirst(element, node.name, type));
  return withBooleanFacts(node, env.narrow(keyOf(node), type));
}

/** The element's own entry where it has one, else what the name means outside. */
function ownFirst(element: StaticType, name: string, outside: StaticType): readonly StaticType[] {
  const scalars = element === 'any' ? element : element.filter(({ kind }) => kind !== 'list');
  const own = memberType(scalars, name);
  const certain = own.certain && scalars.length === alternativesOf(element).length;
  return certain ? [own.type] : [own.type, outside];
}

export function inferPath(node: Extract<Node, { kind: 'path' }>, env: TypeEnv, inference: Inference): Inferred {
  const { type: target } = inference.infer(node.target, env);
  const direct = target === 'any' ? target : target.filter(({ kind }) => kind !== 'list');
  const member = memberType(direct, node.name);
  const parts: StaticType[] = [];
  let possible = member.possible;
  if (direct.length > 0) parts.push(nullable(member));
  // Of a list: the property of each element.
  for (const one of alternativesOf(target)) {
    if (one.kind !== 'list') continue;
    const inner = memberType(one.of, node.name);
    possible ||= inner.possible || one.of.length === 0;
    parts.push([{ kind: 'list', of: nullable(inner) }]);
  }
  if (!possible && !isOnlyNull(target) && target.length > 0) {
    reportUnknown(node, target, inference);
    // One finding is enough: what is compared with it is not found as well.
    return withBooleanFacts(node, 'any');
  }
  return withBooleanFacts(node, env.narrow(keyOf(node), join(...parts)));
}

function nullable({ type, certain }: Member): StaticType {
  return certain ? type : join(type, NULL_TYPE);
}

function reportUnknown(node: Extract<Node, { kind: 'path' }>, target: StaticType, inference: Inference): void {
  const names = [
    ...memberNames(target),
    ...alternativesOf(target).flatMap((one) => ('of' in one ? memberNames(one.of) : [])),
  ];
  const from = node.to - node.name.length;
  const place = inference.text.slice(from, node.to) === node.name ? { from, to: node.to } : node;
  inference.report('unknown-property', place, {
    types: [target],
    subject: node.name,
    suggestion: closestName(node.name, names),
  });
}

/** A name that stands as a condition. */
function withBooleanFacts(node: Node, type: StaticType): Inferred {
  const key = keyOf(node);
  if (key === null) return { type, whenTrue: NO_FACTS, whenFalse: NO_FACTS };
  const is = (value: boolean): Facts => new Map([[key, [{ kind: 'boolean', values: [value] }]]]);
  return { type, whenTrue: is(true), whenFalse: is(false) };
}
