/** What a person reads, Russian first. One sentence on what happened and, where there is something to do, one on that. */
export interface Texts {
  readonly ru: string;
  readonly en: string;
}

/** One wrong place in what was sent: a JSON pointer (or a parameter name), the rule and its parameters. */
export interface InputError {
  readonly path: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Why a request was not carried out. The status and the title of each stand in `errors.ts`, nowhere else. */
export type RefusalCode =
  | 'not-signed-in'
  | 'wrong-credentials'
  | 'too-many-attempts'
  | 'too-many-requests'
  | 'forbidden'
  | 'cross-site'
  | 'not-found'
  | 'method-not-allowed'
  | 'invalid-request'
  | 'malformed-body'
  | 'invalid-model'
  | 'mail-refused'
  | 'unsupported-type'
  | 'too-large'
  | 'form-invalid'
  | 'form-unpublishable'
  | 'file-refused'
  | 'quota-exceeded'
  | 'captcha-failed'
  | 'task-not-active'
  | 'already-assigned'
  | 'not-yours'
  | 'conflict'
  | 'idempotency-conflict'
  | 'not-ready'
  | 'disk-full';

/**
 * A request that cannot be carried out, for a reason the asker can act on. Nothing was changed.
 * Everything else that is thrown is our own bug and answers 500 without a word about its inside.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;
  readonly texts: Texts;
  readonly errors: readonly InputError[];

  constructor(code: RefusalCode, texts: Texts, errors: readonly InputError[] = []) {
    super(texts.en);
    this.code = code;
    this.texts = texts;
    this.errors = errors;
  }
}

/** Too much was asked for; says in how many seconds it may be asked for again (`Retry-After`). */
export class TooManyRequests extends Refused {
  readonly retryAfter: number;

  constructor(texts: Texts, retryAfter: number) {
    super('too-many-requests', texts);
    this.retryAfter = retryAfter;
  }
}

/** The one answer for what does not exist and for what the asker may not know to exist. */
export function notFound(what: Texts): Refused {
  return new Refused('not-found', {
    ru: `${what.ru}: не найдено или вам недоступно.`,
    en: `${what.en}: not found, or not open to you.`,
  });
}
