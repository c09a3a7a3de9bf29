/** What was given is no form of a format that we read; says why. */
export class NotAForm extends Error {
  override readonly name = 'NotAForm';
  readonly texts: { readonly ru: string; readonly en: string };
  constructor(texts: { readonly ru: string; readonly en: string }) {
    super(texts.en);
    this.texts = texts;
  }
}
