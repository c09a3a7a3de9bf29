import type { JsonValue, Key, VariableMap } from '#engine';

/** No open job with this key: done, cancelled, or never there. */
export class UnknownJob extends Error {
  override readonly name = 'UnknownJob';
  readonly jobKey: Key;
  constructor(jobKey: Key) {
    super(`Expected an open job with key ${jobKey}, but there is none: it was completed, cancelled or never existed.`);
    this.jobKey = jobKey;
  }
}

/** The answer came after the lease had ended, so somebody else may be doing the job by now. It changed nothing. */
export class LateJobResult extends Error {
  override readonly name = 'LateJobResult';
  readonly jobKey: Key;
  constructor(jobKey: Key) {
    super(
      `The lease of job ${jobKey} had ended before this answer came, so it was not used. ` +
        'Ask for a longer timeout, or extend the lease while working.',
    );
    this.jobKey = jobKey;
  }
}

/** Thrown by a job handler: the try failed. Further tries follow unless `retries` is 0; then an incident is raised. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly retries: number | undefined;
  readonly retryBackOff: number | undefined;
  constructor(
    message: string,
    options: { readonly retries?: number; readonly retryBackOff?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.retries = options.retries;
    this.retryBackOff = options.retryBackOff;
  }
}

/** Thrown by a job handler: a business error that the model catches with an error event. */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';
  readonly errorCode: string;
  readonly variables: VariableMap;
  constructor(errorCode: string, message = '', variables: Readonly<Record<string, JsonValue>> = {}) {
    super(message);
    this.errorCode = errorCode;
    this.variables = variables;
  }
}
