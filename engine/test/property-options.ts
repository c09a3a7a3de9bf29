import { env } from 'node:process';

/**
 * How much a property test does: `RUNS=5000` for a long night. The seed is part of fast-check's failure report; repeat
 * a failure with `SEED=… npx mocha <file>`.
 */
export function propertyOptions(usual: number): { readonly numRuns: number; readonly seed: number } {
  const seed = env['SEED'] === undefined ? Date.now() % 2 ** 31 : Number(env['SEED']);
  return { numRuns: Number(env['RUNS'] ?? usual), seed };
}
