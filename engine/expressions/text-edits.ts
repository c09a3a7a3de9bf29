interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Closing text comes before opening text at the same place. */
  readonly closing: boolean;
}

/** Insertions into a text, nested like brackets, with the way back from new positions to old ones. */
export class TextEdits {
  readonly #insertions: Insertion[] = [];

  /** Opens: call outer before inner. */
  insertBefore(at: number, text: string): void {
    this.#insertions.push({ at, text, closing: false });
  }

  /** Closes: call inner before outer. */
  insertAfter(at: number, text: string): void {
    this.#insertions.push({ at, text, closing: true });
  }

  apply(text: string): { readonly text: string; toOriginal(position: number): number } {
    const ordered = this.#insertions
      .map((insertion, order) => ({ ...insertion, order }))
      .sort((a, b) => a.at - b.at || Number(b.closing) - Number(a.closing) || a.order - b.order);
    let edited = '';
    let from = 0;
    const starts: { readonly start: number; readonly length: number }[] = [];
    for (const insertion of ordered) {
      edited += text.slice(from, insertion.at);
      starts.push({ start: edited.length, length: insertion.text.length });
      edited += insertion.text;
      from = insertion.at;
    }
    return {
      text: edited + text.slice(from),
      toOriginal: (position) =>
        starts.reduce(
          (original, { start, length }) => original - Math.max(0, Math.min(length, position - start)),
          position,
        ),
    };
  }
}
