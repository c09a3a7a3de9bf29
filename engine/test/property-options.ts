import { env } from 'node:process';

/**
 * A new seed for each run, so that whoever runs the tests looks where nobody has looked; `SEED=…` repeats one. CI tries the same
 * each time: what turns it red is the change it judges, and looking further is for `npm run soak`.
 */
export const randomSeed = Number(env['SEED'] ?? (env['CI'] === undefined ? Date.now() % 2 ** 31 : 20_261_129));

/**
 * How much a property test does: `RUNS=5000` for a long night. The seed is part of fast-check's failure report; repeat
 * a failure with `SEED=… npx mocha <file>`.
 */
export function propertyOptions(usual: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Number(env['RUNS'] ?? usual), seed: randomSeed };
}
