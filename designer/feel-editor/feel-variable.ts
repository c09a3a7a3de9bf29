import type { StaticType } from '#engine';

/** A variable that an expression may read, as the editor completes it. */
export interface FeelVariable {
  /** As FEEL names it; may be Russian and may hold blanks. */
  readonly name: string;
  /** What a person calls it: the label of the field. */
  readonly label?: string;
  /** `NUMBER_TYPE`, `enumType([…])`, `sampleType(value)` and others of `#engine`; 'any' when nothing is known. */
  readonly type: StaticType;
}

export function typesOf(variables: readonly FeelVariable[]): ReadonlyMap<string, StaticType> {
  return new Map(variables.map(({ name, type }) => [name, type]));
}
