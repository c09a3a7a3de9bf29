/**
 * Patterns of XPath 2.0 (DMN 1.5 §10.3.4.3 refers to it): its own parser, because XPath differs from what engines accept —
 * class subtraction `[A-Z-[OI]]`, `\i` and `\c`, blocks `\p{IsCyrillic}` — and invalid patterns must be null.
 */
export type Pattern =
  | { readonly kind: 'choice' | 'sequence'; readonly parts: readonly Pattern[] }
  | {
      readonly kind: 'repeat';
      readonly part: Pattern;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'group'; readonly part: Pattern; readonly number: number | null }
  | { readonly kind: 'start' | 'end' | 'any' }
  | { readonly kind: 'backReference'; readonly number: number }
  | { readonly kind: 'set'; readonly set: CharacterSet };

export interface CharacterSet {
  readonly negated: boolean;
  /** Inclusive code points. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Escapes as RE2 and JavaScript (flag u) both write them. */
  readonly classes: readonly string[];
  readonly without: CharacterSet | null;
}

export class PatternError extends Error {}

const REPEAT_LIMIT = 1000;
/** Letters that begin and continue XML names. */
const NAME_START = '\\p{L}_:';
const NAME_PART = '\\p{L}\\p{N}\\p{M}\\-._:';
const CLASSES: Readonly<Record<string, string>> = {
  s: '[ \\t\\n\\r]', S: '[^ \\t\\n\\r]', d: '\\p{Nd}', D: '\\P{Nd}', w: '[^\\p{P}\\p{Z}\\p{C}]', W: '[\\p{P}\\p{Z}\\p{C}]',
  i: `[${NAME_START}]`, I: `[^${NAME_START}]`, c: `[${NAME_PART}]`, C: `[^${NAME_PART}]`,
}; // prettier-ignore
const BLOCKS: Readonly<Record<string, readonly [number, number]>> = {
  BasicLatin: [0, 0x7f],
  'Latin-1Supplement': [0x80, 0xff],
  'LatinExtended-A': [0x100, 0x17f],
  'LatinExtended-B': [0x180, 0x24f],
  Greek: [0x370, 0x3ff],
  GreekandCoptic: [0x370, 0x3ff],
  Cyrillic: [0x400, 0x4ff],
  Armenian: [0x530, 0x58f],
  Hebrew: [0x590, 0x5ff],
  Arabic: [0x600, 0x6ff],
  Hiragana: [0x3040, 0x309f],
  Katakana: [0x30a0, 0x30ff],
  CJKUnifiedIdeographs: [0x4e00, 0x9fff],
  HangulSyllables: [0xac00, 0xd7af],
};
const CATEGORY = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/;

export interface ParsedPattern {
  readonly root: Pattern;
  readonly groups: number;
  /** Whether only a matcher of our own can run it. */
  readonly special: boolean;
}

/** Throws PatternError. */
export function parsePattern(text: string): ParsedPattern {
  return new PatternParser(text).parse();
}

class PatternParser {
  readonly #text: readonly string[];
  #at = 0;
  #groups = 0;
  readonly #closed = new Set<number>();
  #special = false;

  constructor(text: string) {
    this.#text = [...text];
  }

  parse(): ParsedPattern {
    const root = this.#choice(0);
    if (this.#at < this.#text.length) this.#refuse();
    return { root, groups: this.#groups, special: this.#special };
  }

  #refuse(): never {
    throw new PatternError(`Unexpected "${this.#text[this.#at] ?? 'end'}" at ${this.#at + 1}`);
  }

  #takes(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #choice(depth: number): Pattern {
    if (depth > 50) this.#refuse();
    const parts = [this.#sequence(depth)];
    while (this.#takes('|')) parts.push(this.#sequence(depth));
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(depth: number): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')') {
      parts.push(this.#quantified(this.#atom(depth)));
    }
    return { kind: 'sequence', parts };
  }

  #quantified(part: Pattern): Pattern {
    let least: number;
    let most: number;
    if (this.#takes('?')) [least, most] = [0, 1];
    else if (this.#takes('*')) [least, most] = [0, Infinity];
    else if (this.#takes('+')) [least, most] = [1, Infinity];
    else if (this.#takes('{')) {
      least = this.#count();
      most = this.#takes(',') ? (this.#text[this.#at] === '}' ? Infinity : this.#count()) : least;
      if (!this.#takes('}') || most < least) this.#refuse();
    } else return part;
    return { kind: 'repeat', part, least, most, lazy: this.#takes('?') };
  }

  #count(): number {
    let digits = '';
    while (/^\d$/.test(this.#text[this.#at] ?? '')) digits += this.#text[this.#at++]!;
    if (digits === '' || Number(digits) > REPEAT_LIMIT) this.#refuse();
    return Number(digits);
  }

  #atom(depth: number): Pattern {
    const char = this.#text[this.#at]!;
    if (char === '\\') return this.#escape();
    if ('?*+{}])'.includes(char)) this.#refuse();
    if (char === '[') return { kind: 'set', set: this.#set() };
    this.#at += 1;
    if (char === '.') return { kind: 'any' };
    if (char === '^') return { kind: 'start' };
    if (char === '$') return { kind: 'end' };
    if (char !== '(') return one(char.codePointAt(0)!);
    let number: number | null = null;
    if (this.#takes('?')) {
      if (!this.#takes(':')) this.#refuse();
    } else number = this.#groups += 1;
    const part = this.#choice(depth + 1);
    if (!this.#takes(')')) this.#refuse();
    if (number !== null) this.#closed.add(number);
    return { kind: 'group', part, number };
  }

  #escape(): Pattern {
    const digit = this.#text[this.#at + 1] ?? '';
    if (/^[1-9]$/.test(digit)) {
      this.#at += 2;
      let number = Number(digit);
      while (/^\d$/.test(this.#text[this.#at] ?? '') && number * 10 + Number(this.#text[this.#at]) <= this.#groups) {
        number = number * 10 + Number(this.#text[this.#at++]);
      }
      if (!this.#closed.has(number)) this.#refuse();
      this.#special = true;
      return { kind: 'backReference', number };
    }
    return { kind: 'set', set: { negated: false, without: null, ...this.#escaped() } };
  }

  /** What stands after a backslash: one sign or a class. */
  #escaped(): Pick<CharacterSet, 'ranges' | 'classes'> {
    this.#at += 1;
    const char = this.#text[this.#at++] ?? '';
    const known = CLASSES[char];
    if (known !== undefined) return { ranges: [], classes: [known] };
    const control = ({ n: 10, r: 13, t: 9 } as Readonly<Record<string, number>>)[char];
    if (control !== undefined) return { ranges: [[control, control]], classes: [] };
    if (char === 'p' || char === 'P') return this.#property(char === 'P');
    if (char === '' || !'\\|.?*+(){}-[]^$/'.includes(char)) {
      this.#at -= 1;
      this.#refuse();
    }
    const code = char.codePointAt(0)!;
    return { ranges: [[code, code]], classes: [] };
  }

  #property(negated: boolean): Pick<CharacterSet, 'ranges' | 'classes'> {
    let name = '';
    if (!this.#takes('{')) this.#refuse();
    while (this.#at < this.#text.length && this.#text[this.#at] !== '}') name += this.#text[this.#at++]!;
    if (!this.#takes('}')) this.#refuse();
    if (CATEGORY.test(name)) return { ranges: [], classes: [`\\${negated ? 'P' : 'p'}{${name}}`] };
    const block = name.startsWith('Is') ? BLOCKS[name.slice(2)] : undefined;
    if (block === undefined) this.#refuse();
    if (!negated) return { ranges: [block], classes: [] };
    const [low, high] = block;
    return { ranges: [...(low === 0 ? [] : [[0, low - 1] as const]), [high + 1, 0x10ffff]], classes: [] };
  }

  #set(): CharacterSet {
    this.#at += 1;
    const negated = this.#takes('^');
    const ranges: (readonly [number, number])[] = [];
    const classes: string[] = [];
    let without: CharacterSet | null = null;
    let first = true;
    for (; first || this.#text[this.#at] !== ']'; first = false) {
      const char = this.#text[this.#at];
      if (char === undefined || char === ']') this.#refuse();
      if (char === '-' && this.#text[this.#at + 1] === '[') {
        this.#at += 1;
        without = this.#set();
        this.#special = true;
        if (this.#text[this.#at] !== ']') this.#refuse();
        break;
      }
      if (char === '[') this.#refuse();
      const part = char === '\\' ? this.#escaped() : this.#plain();
      const [low] = part.ranges.length === 1 && part.classes.length === 0 ? part.ranges : [];
      const goesOn = this.#text[this.#at] === '-' && !['[', ']', undefined].includes(this.#text[this.#at + 1]);
      if (goesOn && low !== undefined && low[0] === low[1]) {
        this.#at += 1;
        const end = this.#text[this.#at] === '\\' ? this.#escaped() : this.#plain();
        const high = end.ranges[0];
        if (end.classes.length > 0 || high === undefined || high[0] < low[0]) this.#refuse();
        ranges.push([low[0], high[0]]);
      } else {
        ranges.push(...part.ranges);
        classes.push(...part.classes);
      }
    }
    this.#at += 1;
    return { negated, ranges, classes, without };
  }

  #plain(): Pick<CharacterSet, 'ranges' | 'classes'> {
    const code = this.#text[this.#at++]!.codePointAt(0)!;
    return { ranges: [[code, code]], classes: [] };
  }
}

function one(code: number): Pattern {
  return { kind: 'set', set: { negated: false, ranges: [[code, code]], classes: [], without: null } };
}

/** The pattern as RE2 writes it; only for patterns that are not `special`. */
export function toRe2(pattern: Pattern, dotAll: boolean): string {
  const inner = (part: Pattern): string => toRe2(part, dotAll);
  switch (pattern.kind) {
    case 'choice':
      return pattern.parts.map(inner).join('|');
    case 'sequence':
      return pattern.parts.map((part) => (part.kind === 'choice' ? `(?:${inner(part)})` : inner(part))).join('');
    case 'repeat': {
      const { least, most, lazy } = pattern;
      return `(?:${inner(pattern.part)}){${least},${most === Infinity ? '' : most}}${lazy ? '?' : ''}`;
    }
    case 'group':
      return `(${pattern.number === null ? '?:' : ''}${inner(pattern.part)})`;
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'any':
      // For XPath a carriage return is a line end too.
      return dotAll ? '.' : '[^\\n\\r]';
    case 'backReference':
      return '';
    case 'set':
      return setText(pattern.set);
  }
}

function setText({ negated, ranges, classes }: CharacterSet): string {
  const code = (point: number): string => `\\x{${point.toString(16)}}`;
  const parts = ranges.map(([low, high]) => (low === high ? code(low) : `${code(low)}-${code(high)}`));
  // A class that is itself a bracket cannot stand inside one in RE2: alternatives serve when nothing is negated.
  if (!negated) {
    if (classes.length === 0) return `[${parts.join('')}]`;
    const own = parts.length === 0 ? [] : [`[${parts.join('')}]`];
    return [...own, ...classes].length === 1 ? [...own, ...classes][0]! : `(?:${[...own, ...classes].join('|')})`;
  }
  return `[^${parts.join('')}${classes.map(inBracket).join('')}]`;
}

/** A class as a part of a bracket. */
function inBracket(text: string): string {
  if (text.startsWith('\\')) return text;
  if (!text.startsWith('[^')) return text.slice(1, -1);
  throw new PatternError('A negated class inside a negated set');
}

/**
 * Whether finding a match may read far beyond its end: an unbounded repetition that is not the last thing of the pattern goes on
 * looking for a longer match (`a.*b` in "abaaa…"). Others read a few characters more.
 */
export function readsAhead(pattern: Pattern, last = true): boolean {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.parts.some((part, index) => readsAhead(part, last && index === pattern.parts.length - 1));
    case 'choice':
      return pattern.parts.some((part) => readsAhead(part, false));
    case 'group':
      return readsAhead(pattern.part, last);
    case 'repeat':
      if (pattern.most > 1 && (!last || pattern.part.kind !== 'set')) return true;
      return readsAhead(pattern.part, false);
    default:
      return false;
  }
}
