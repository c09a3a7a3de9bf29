import type { FeelFunctionDescription, StaticType } from '#engine';

/** What may be written at a place. */
export interface FeelCompletion {
  readonly kind: 'variable' | 'property' | 'function' | 'keyword' | 'value';
  readonly label: string;
  /** What is written: with `${fields}` to be filled in one after the other, or as it stands. */
  readonly insert: string;
  readonly isSnippet: boolean;
  /** What a person calls a variable; what a keyword does. */
  readonly title?: string;
  readonly type?: StaticType;
  readonly fn?: FeelFunctionDescription;
}

export interface FeelCompletions {
  /** What the completion replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly FeelCompletion[];
}
