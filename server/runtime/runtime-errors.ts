import type { InstructionProblem, Key, Rejection, RejectionCode } from '#engine';

/** No such process instance: never started, or the key is wrong. */
export class UnknownInstance extends Error {
  override readonly name = 'UnknownInstance';
  readonly processInstanceKey: Key;
  constructor(processInstanceKey: Key) {
    super(`Expected a process instance with key ${processInstanceKey}, but there is none.`);
    this.processInstanceKey = processInstanceKey;
  }
}

/** No such deployed process, form or other definition. */
export class UnknownDefinition extends Error {
  override readonly name = 'UnknownDefinition';
  readonly kind: string;
  readonly reference: string;
  constructor(kind: string, reference: string | number) {
    super(`Expected a deployed ${kind} "${reference}", but there is none. Deploy it, or correct the reference.`);
    this.kind = kind;
    this.reference = String(reference);
  }
}

/** A definition that an operator has suspended starts nothing new. */
export class SuspendedDefinition extends Error {
  override readonly name = 'SuspendedDefinition';
  constructor({ id, version }: { readonly id: string; readonly version: number }) {
    super(`Expected process "${id}" to take new instances, but its version ${version} is suspended. Resume it first.`);
  }
}

/** The engine refused a command; nothing was changed. */
export class CommandRejected extends Error {
  override readonly name = 'CommandRejected';
  readonly code: RejectionCode;
  readonly problems: readonly InstructionProblem[];
  constructor({ code, message, problems = [] }: Rejection) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** One command reached deeper than 20 called instances: most likely a process that calls itself without end. */
export class CallTooDeep extends Error {
  override readonly name = 'CallTooDeep';
  constructor(processId: string, limit: number) {
    super(
      `Expected at most ${limit} called instances inside each other, but "${processId}" would be one more. ` +
        'Does the process call itself without a condition?',
    );
  }
}
