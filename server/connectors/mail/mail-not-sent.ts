export type MailFailureCode =
  | 'mail-address-invalid'
  | 'mail-recipient-rejected'
  | 'mail-message-rejected'
  | 'mail-login-failed'
  | 'mail-server-unreachable'
  | 'mail-outbox-unwritable';

export type Explanation = { readonly message: string; readonly remedy: string };

/**
 * A message that was not handed over. `retryable` tells the job runner whether waiting helps: a dropped connection and
 * SMTP 4xx are temporary, 5xx and a bad address are not (RFC 5321 §4.2.1). Never holds the SMTP password.
 */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
  readonly code: MailFailureCode;
  readonly retryable: boolean;
  readonly remedy: string;
  readonly texts: { readonly ru: Explanation; readonly en: Explanation };
  /** The reply code of the SMTP server, where there was one. */
  readonly smtpStatus: number | undefined;

  constructor(failure: {
    readonly code: MailFailureCode;
    readonly retryable: boolean;
    readonly smtpStatus?: number | undefined;
    readonly ru: Explanation;
    readonly en: Explanation;
  }) {
    super(failure.ru.message);
    this.code = failure.code;
    this.retryable = failure.retryable;
    this.smtpStatus = failure.smtpStatus;
    this.remedy = failure.ru.remedy;
    this.texts = { ru: failure.ru, en: failure.en };
  }
}
