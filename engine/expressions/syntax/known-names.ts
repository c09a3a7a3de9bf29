/**
 * Names that the grammar must know because they hold blanks, operators or keywords (DMN 1.5 §10.3.1.4): `Monthly-Fee`,
 * `date and time`, `days in weekend`. Of several that fit the longest is taken.
 */
export class KnownNames {
  readonly #byFirst = new Map<string, { readonly name: string; readonly parts: readonly string[] }[]>();
  readonly #added: { readonly first: string; readonly name: string }[] = [];
  readonly #common: KnownNames | null;

  /** `common` are names known everywhere, indexed once. */
  constructor(names: Iterable<string> = [], common: KnownNames | null = null) {
    this.#common = common;
    for (const name of names) this.add(name);
  }

  add(name: string): void {
    const parts = partsOf(name);
    const first = parts[0];
    if (first === undefined) return;
    const list = this.#byFirst.get(first) ?? [];
    // Longest first. Put in its place and not sorted: a context of thousands of entries adds as many names.
    const at = list.findIndex((one) => (parts.length - one.parts.length || name.length - one.name.length) >= 0);
    list.splice(at < 0 ? list.length : at, 0, { name, parts });
    this.#byFirst.set(first, list);
    this.#added.push({ first, name });
  }

  /** A mark to go back to with `release` when a scope ends. */
  mark(): number {
    return this.#added.length;
  }

  release(mark: number): void {
    while (this.#added.length > mark) {
      const { first, name } = this.#added.pop()!;
      const list = this.#byFirst.get(first)!;
      list.splice(
        list.findIndex((one) => one.name === name),
        1,
      );
    }
  }

  /** The longest known name that stands in the text at `from`, and where it ends. */
  match(text: string, from: number): { readonly name: string; readonly to: number } | null {
    const [first] = partsOf(text.slice(from, from + 200), 1);
    if (first === undefined) return null;
    const common = this.#common?.match(text, from) ?? null;
    for (const { name, parts } of this.#byFirst.get(first) ?? []) {
      const to = matchParts(text, from, parts);
      if (to !== null) return common !== null && common.to > to ? common : { name, to };
    }
    return common;
  }
}

const PART = /[\p{L}\p{N}\p{M}_\u{10000}-\u{EFFFF}]+|[^\s]/gu;
const WORD_PART = /[\p{L}\p{N}\p{M}_\u{10000}-\u{EFFFF}]/u;

function partsOf(name: string, limit = Infinity): string[] {
  const parts: string[] = [];
  for (const [part] of name.matchAll(PART)) {
    parts.push(part);
    if (parts.length >= limit) break;
  }
  return parts;
}

function matchParts(text: string, from: number, parts: readonly string[]): number | null {
  let at = from;
  for (const [index, part] of parts.entries()) {
    if (index > 0) while (at < text.length && /\s/.test(text[at]!)) at += 1;
    if (!text.startsWith(part, at)) return null;
    at += part.length;
    const last = part.codePointAt(part.length - 1)!;
    const next = text.codePointAt(at);
    if (next !== undefined && isWordPart(last) && isWordPart(next)) return null;
  }
  return at;
}

function isWordPart(codePoint: number): boolean {
  return codePoint > 0xd7ff && codePoint < 0xe000 ? true : WORD_PART.test(String.fromCodePoint(codePoint));
}
