import { SUITES } from './suites.mjs';

/** Part of the database suite again, in distributed mode; all of it: `DIALECTS=distributed npm run test:db`. */
export const DISTRIBUTED = 'distributed';

/** Every gate of `npm test`, cheap ones first. */
export const GATES = ['format', 'types', 'lint', 'boundaries', 'build', ...SUITES, DISTRIBUTED];

/** Gates that compute, and gates that wait for disk, network and browser: side by side they fill two cores. */
const COMPUTING = ['format', 'types', 'lint', 'boundaries', 'build', 'unit'];

/**
 * @param {readonly string[]} gates
 * @returns {string[][]} lanes that run side by side, the gates of each one after the other
 */
export function lanesOf(gates) {
  const computing = gates.filter((gate) => COMPUTING.includes(gate));
  // The browser comes last, when it has the machine to itself.
  const waiting = gates.filter((gate) => !COMPUTING.includes(gate) && gate !== 'browser');
  if (gates.includes('browser')) waiting.push('browser');
  return [computing, waiting].filter((lane) => lane.length > 0);
}
