/** Where a name is looked up while compiling: locals by slot, and elements of filters, whose own names come first. */
export class LexicalScope {
  readonly #frames: ({ readonly name: string; readonly slot: number } | { readonly element: number })[] = [];
  #slots = 0;

  /** Slots that some name was resolved to. */
  readonly used = new Set<number>();

  newSlot(): number {
    this.#slots += 1;
    return this.#slots - 1;
  }

  bind(name: string, slot: number): void {
    this.#frames.push({ name, slot });
  }

  enterFilter(element: number): void {
    this.#frames.push({ element });
  }

  mark(): number {
    return this.#frames.length;
  }

  release(mark: number): void {
    this.#frames.length = mark;
  }

  /** Slots of filter elements to ask first, innermost first, and the local's slot, if there is one. */
  resolve(name: string): { readonly elements: readonly number[]; readonly slot: number | null } {
    const elements: number[] = [];
    for (let index = this.#frames.length - 1; index >= 0; index -= 1) {
      const frame = this.#frames[index]!;
      if ('element' in frame) elements.push(frame.element);
      else if (frame.name === name) {
        this.used.add(frame.slot);
        return { elements, slot: frame.slot };
      }
    }
    return { elements, slot: null };
  }
}
