import type { RejectionCode } from '../outcome.ts';

export type RefusalCode = RejectionCode | 'UNKNOWN_PROCESS' | 'NO_RECEIVER';

const REMEDIES: Readonly<Record<RefusalCode, string>> = {
  NOT_FOUND: 'What is open is listed by jobs(), userTasks() and state().',
  INVALID_STATE: 'Look at state() of the instance first.',
  INVALID_ARGUMENT: 'Correct the argument.',
  ALREADY_ASSIGNED: 'Assign it to nobody first.',
  UNKNOWN_PROCESS: 'deploy() returns the ids of the processes that can be started.',
  NO_RECEIVER: 'Check the name and the key, or publish it with a time to live.',
};

/** What a verb of the simulation throws when it cannot be done; nothing has changed. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  readonly code: RefusalCode;
  readonly remedy: string;
  constructor(code: RefusalCode, message: string, remedy = REMEDIES[code]) {
    super(`${message}. ${remedy}`);
    this.code = code;
    this.remedy = remedy;
  }
}
