/** Why a raw message was not turned into a `ParsedMail`. The HTTP room maps these to statuses; nothing was stored. */
export type MailRefusalCode =
  | 'mail-empty'
  | 'mail-too-large'
  | 'mail-not-a-message'
  | 'mail-too-many-headers'
  | 'mail-headers-too-large'
  | 'mail-too-many-lines'
  | 'mail-too-many-parts'
  | 'mail-too-many-attachments'
  | 'mail-nested-too-deep'
  | 'mail-unreadable';

/** What a person is told: what happened, and what to do about it. */
export type Explanation = { readonly message: string; readonly remedy: string };

/**
 * A message that cannot be taken in. `message` and `remedy` are Russian; `texts` holds both languages.
 * Thrown before anything is stored, so refusing is always safe to repeat.
 */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  readonly code: MailRefusalCode;
  readonly remedy: string;
  readonly texts: { readonly ru: Explanation; readonly en: Explanation };

  constructor(code: MailRefusalCode, texts: { readonly ru: Explanation; readonly en: Explanation }, cause?: unknown) {
    super(texts.ru.message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = texts.ru.remedy;
    this.texts = texts;
  }
}
