/** Shows what holds the owner (a step is opened, a list scrolled); does nothing when it holds it not. */
export type Reveal = (owner: string) => void;

const PATIENCE_MS = 1_000;

/**
 * The way from an error to its input, which may not be drawn: it stands in another step, in a row out of sight, in a card that is
 * closed. Whoever keeps something out of sight registers; the outermost comes first.
 */
export class Revealer {
  readonly #reveals = new Set<Reveal>();

  register(reveal: Reveal): () => void {
    this.#reveals.add(reveal);
    return () => this.#reveals.delete(reveal);
  }

  /** Brings the owner into sight and puts the focus on the element with this id as soon as it is drawn. */
  focus(owner: string, id: string): void {
    const until = performance.now() + PATIENCE_MS;
    const attempt = (): void => {
      const element = document.getElementById(id);
      if (element) {
        element.scrollIntoView?.({ block: 'nearest' });
        element.focus();
        return;
      }
      // A step that has just been opened registers its tables only now.
      for (const reveal of this.#reveals) reveal(owner);
      if (performance.now() < until) requestAnimationFrame(attempt);
    };
    // After React has drawn the messages, so that the field is described by its error when the focus reaches it.
    requestAnimationFrame(attempt);
  }
}
