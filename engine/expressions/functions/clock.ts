import { dateAt, dateTimeAt } from '../feelin.ts';
import type { OwnFunction } from '../own-function.ts';

/** `now()`: the command's instant in the scope's zone. feelin's own reads the machine's clock, so it is replaced. */
export const now: OwnFunction = {
  name: 'now',
  parameters: [],
  call: (_args, { now, zone }) => dateTimeAt(now, zone),
};

/** `today()`: the date of `now()` in the scope's zone. */
export const today: OwnFunction = {
  name: 'today',
  parameters: [],
  call: (_args, { now, zone }) => dateAt(now, zone),
};
