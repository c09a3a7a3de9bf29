import type { FeelValue } from './feel-value.ts';

/** Types of DMN 1.5 §10.3.2.9 (lattice of Table 47). */
export type FeelType =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' }
  | { readonly kind: SimpleKind }
  | { readonly kind: 'list' | 'range'; readonly of: FeelType }
  | { readonly kind: 'context'; readonly entries: ReadonlyMap<string, FeelType> | null }
  | { readonly kind: 'function'; readonly parameters: readonly FeelType[] | null; readonly result: FeelType }
  /** A DMN item definition: `base` narrowed by `allowed`. */
  | {
      readonly kind: 'constrained';
      readonly base: FeelType;
      readonly allowed: (value: FeelValue) => boolean;
      readonly allowedText: string;
    };

type SimpleKind =
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration';

export const ANY: FeelType = { kind: 'any' };

const NAMES: Readonly<Record<string, FeelType>> = {
  Any: ANY,
  Null: { kind: 'null' },
  number: { kind: 'number' },
  string: { kind: 'string' },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  time: { kind: 'time' },
  'date and time': { kind: 'date and time' },
  dateTime: { kind: 'date and time' },
  'days and time duration': { kind: 'days and time duration' },
  dayTimeDuration: { kind: 'days and time duration' },
  'years and months duration': { kind: 'years and months duration' },
  yearMonthDuration: { kind: 'years and months duration' },
  list: { kind: 'list', of: ANY },
  context: { kind: 'context', entries: null },
  function: { kind: 'function', parameters: null, result: ANY },
  range: { kind: 'range', of: ANY },
};

/** A built-in type by its FEEL name (or its DMN 1.1 spelling). */
export function builtinType(name: string): FeelType | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

/** A type as FEEL writes it: `list<number>`, `function<number> -> string`. */
export function typeText(type: FeelType): string {
  switch (type.kind) {
    case 'any':
      return 'Any';
    case 'null':
      return 'Null';
    case 'list':
    case 'range':
      return type.of.kind === 'any' ? type.kind : `${type.kind}<${typeText(type.of)}>`;
    case 'context': {
      if (type.entries === null) return 'context';
      return `context<${[...type.entries].map(([name, entry]) => `${name}: ${typeText(entry)}`).join(', ')}>`;
    }
    case 'function': {
      if (type.parameters === null) return 'function';
      return `function<${type.parameters.map(typeText).join(', ')}> -> ${typeText(type.result)}`;
    }
    case 'constrained':
      return typeText(type.base);
    default:
      return type.kind;
  }
}
