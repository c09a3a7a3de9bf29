import { SUITES } from './suites.mjs';

/** Part of the database suite again, in distributed mode; all of it: `DIALECTS=distributed npm run test:db`. */
export const DISTRIBUTED = 'distributed';

/** Every gate of `npm test`, cheap ones first. */
export const GATES = ['format', 'types', 'lint', 'boundaries', 'build', ...SUITES, DISTRIBUTED];

/** The two that mostly wait, for servers and for the browser, run beside the others: together they fill two cores. */
const WAITING = ['e2e', 'browser'];

/**
 * @param {readonly string[]} gates
 * @returns {string[][]} lanes that run side by side, the gates of each one after the other
 */
export function lanesOf(gates) {
  const lanes = [gates.filter((gate) => !WAITING.includes(gate)), gates.filter((gate) => WAITING.includes(gate))];
  return lanes.filter((lane) => lane.length > 0);
}
