import type { StaticType } from './static-type.ts';

/**
 * What an expression says that cannot be meant, whatever the values of the declared types are:
 * - `never-true`: the condition is never true; `never-false`: it is never false
 * - `different-types`: a comparison of kinds that are never equal and have no order
 * - `only-null`: the operands have no result
 * - `not-a-condition`: something else than true or false where a condition stands
 * - `unknown-property`: no value of the type has it
 * - `wrong-arguments`: their number, a name or a type
 * - `not-a-function`: something else is called
 * - `empty-range`: it ends before it starts
 */
export type FindingCode =
  | 'never-true'
  | 'never-false'
  | 'different-types'
  | 'only-null'
  | 'not-a-condition'
  | 'unknown-property'
  | 'wrong-arguments'
  | 'not-a-function'
  | 'empty-range';

export interface TypeFinding {
  readonly code: FindingCode;
  /** Offsets into the text of the expression, without a leading `=`. */
  readonly from: number;
  readonly to: number;
  /** 1-based place of `from`. */
  readonly line: number;
  readonly column: number;
  /** The types that do not go together, in the order of the text; empty where the code says it all. */
  readonly types: readonly StaticType[];
  /** The operator, property, function or parameter meant. */
  readonly subject: string | null;
  /** The name or text that was probably meant. */
  readonly suggestion: string | null;
}
