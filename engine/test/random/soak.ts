// npm run soak [-- MODELS [SEED]]   Random models until something breaks; the default is a million, for a long night.
// Prints the seed; `npm run soak -- MODELS SEED` repeats it. A failure prints the smallest model and schedule found.
import { argv, exit } from 'node:process';
import { runRandomModels } from './run-models.ts';

const ROUND = 5_000;
const models = Number(argv[2] ?? 1_000_000);
const seed = Number(argv[3] ?? Date.now() % 2 ** 31);

for (let done = 0; done < models; done += ROUND) {
  const round = { models: Math.min(ROUND, models - done), seed: seed + done };
  try {
    await runRandomModels(round);
  } catch (error) {
    console.error(`seed ${round.seed}: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
    exit(1);
  }
  console.log(`${done + round.models} of ${models} random models kept their promises (seed ${round.seed})`);
}
