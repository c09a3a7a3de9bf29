import { runEndings } from './at-end.ts';

/**
 * Loaded by .mocharc.json: ends what the tests of this run share (database server, browser). It imports neither of them:
 * loading Playwright and pg costs 0.9 s, which the tests without I/O shall not pay.
 */
export async function mochaGlobalTeardown(): Promise<void> {
  await runEndings();
}
