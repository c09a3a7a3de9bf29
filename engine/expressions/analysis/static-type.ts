import type { FeelParameter } from '../values/feel-value.ts';
import type { Interval } from './interval.ts';

/**
 * What is known of a value before it exists: `any`, or a union with at most one alternative of a kind. A union without
 * alternatives belongs to no value. Null is an alternative like the others, so a nullable type is a union with it.
 */
export type StaticType = 'any' | readonly Alternative[];

export type Alternative =
  | { readonly kind: 'null' | 'time' | 'date and time' }
  | { readonly kind: 'boolean'; readonly values: readonly boolean[] }
  /** `literals`: the only texts it can be. */
  | { readonly kind: 'string'; readonly literals: readonly string[] | null }
  /** `within`: the only values it can be, apart and in order. */
  | { readonly kind: OrderedKind; readonly within: readonly Interval[] | null }
  | { readonly kind: 'list' | 'range'; readonly of: StaticType }
  | ContextAlternative
  | { readonly kind: 'function'; readonly signature: Signature | null };

export type ContextAlternative = {
  readonly kind: 'context';
  readonly entries: ReadonlyMap<string, Entry>;
  /** There may be more entries than these. */
  readonly open: boolean;
};

/** Kinds whose values all stand in one order. Moments with and without a zone do not. */
export type OrderedKind = 'number' | 'date' | 'days and time duration' | 'years and months duration';
export type Kind = Alternative['kind'];

export interface Entry {
  readonly type: StaticType;
  /** The entry may be missing. */
  readonly optional?: boolean;
}

interface Signature {
  readonly parameters: readonly FeelParameter[];
  readonly result: StaticType;
}

const ORDERED: ReadonlySet<Kind> = new Set<Kind>([
  'number',
  'date',
  'days and time duration',
  'years and months duration',
]);

export function isOrdered(kind: Kind): kind is OrderedKind {
  return ORDERED.has(kind);
}

export function isDuration(kind: Kind): boolean {
  return kind === 'days and time duration' || kind === 'years and months duration';
}

export const NULL_TYPE: StaticType = [{ kind: 'null' }];
export const BOOLEAN_TYPE: StaticType = [{ kind: 'boolean', values: [true, false] }];
export const STRING_TYPE: StaticType = [{ kind: 'string', literals: null }];
export const NUMBER_TYPE: StaticType = [{ kind: 'number', within: null }];

export function orderedType(kind: OrderedKind): StaticType {
  return [{ kind, within: null }];
}

export function listType(of: StaticType): StaticType {
  return [{ kind: 'list', of }];
}

export function enumType(literals: readonly string[]): StaticType {
  return [{ kind: 'string', literals }];
}

/** Every kind with nothing known inside: what `any` may turn out to be. */
export const EVERY_ALTERNATIVE: readonly Alternative[] = [
  { kind: 'null' },
  { kind: 'boolean', values: [true, false] },
  { kind: 'string', literals: null },
  { kind: 'number', within: null },
  { kind: 'date', within: null },
  { kind: 'time' },
  { kind: 'date and time' },
  { kind: 'days and time duration', within: null },
  { kind: 'years and months duration', within: null },
  { kind: 'list', of: 'any' },
  { kind: 'range', of: 'any' },
  { kind: 'context', entries: new Map(), open: true },
  { kind: 'function', signature: null },
];

export function alternativesOf(type: StaticType): readonly Alternative[] {
  return type === 'any' ? EVERY_ALTERNATIVE : type;
}

export function mayBe(type: StaticType, kind: Kind): boolean {
  return type === 'any' || type.some((one) => one.kind === kind);
}

export function withoutNull(type: StaticType): StaticType {
  return type === 'any' ? type : type.filter(({ kind }) => kind !== 'null');
}

export function isOnlyNull(type: StaticType): boolean {
  return type !== 'any' && type.length > 0 && type.every(({ kind }) => kind === 'null');
}
