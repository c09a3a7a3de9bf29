/** One thing wrong with a pack. */
export interface PackProblem {
  /** From the root; with the element where there is one. */
  readonly file: string;
  readonly message: string;
}
