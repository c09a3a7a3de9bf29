/** What a person reads about one place of the form that came or went. */
export interface ExchangeNote {
  /** `lost`: it is not there any more. `changed`: it is there in another shape. */
  readonly kind: 'lost' | 'changed';
  /** JSON pointer into the source. */
  readonly path: string;
  readonly message: { readonly ru: string; readonly en: string };
}

/** Gathers notes while a form is carried over. */
export class ExchangeNotes {
  readonly notes: ExchangeNote[] = [];

  lost(path: string, message: ExchangeNote['message']): void {
    this.notes.push({ kind: 'lost', path, message });
  }

  changed(path: string, message: ExchangeNote['message']): void {
    this.notes.push({ kind: 'changed', path, message });
  }

  /** A keyword, option or element that forms here have no word for. */
  unknown(path: string, what: string): void {
    this.lost(path, {
      ru: `«${what}» здесь нет: пропущено.`,
      en: `"${what}" has no counterpart here and was left out.`,
    });
  }
}
