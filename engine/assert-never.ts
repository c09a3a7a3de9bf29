/** Closes a switch over a discriminated union: the compiler refuses a forgotten arm, the run names it. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant ${JSON.stringify(value)}`);
}
