import { textWidth } from './fonts.ts';
import { elementLooks, faceOf, type Align, type TextStyle } from './text-style.ts';

/** Text in one style, or a forced break. */
export type InlineRun = { readonly text: string; readonly style: TextStyle } | 'break';

export type LineSegment = {
  readonly text: string;
  readonly style: TextStyle;
  readonly x: number;
  readonly width: number;
};
export type TextLine = { readonly segments: readonly LineSegment[]; readonly height: number; readonly size: number };

type Bit = { readonly text: string; readonly style: TextStyle; readonly width: number };
/** A word may hold several bits: «<b>ОБР</b>-12» must not break where only the style changes. */
type Word = { readonly bits: Bit[]; width: number; readonly space: number; readonly broken: boolean };

/** After a hyphen between letters and after a dash; never inside «55-102» or before a dash. */
const BREAK_AFTER = /(?<=\p{L}-)(?=\p{L})|(?<=[—/])(?=\p{L})/u;

/**
 * Breaks inline runs into lines of at most `width` points: whitespace collapses as in HTML, no-break spaces hold, a word
 * wider than the line is cut between characters. Greedy, in time linear in the text.
 */
export function breakLines(
  runs: readonly InlineRun[],
  box: { readonly width: number; readonly align: Align; readonly indent: number; readonly size: number },
): readonly TextLine[] {
  const lines: TextLine[] = [];
  let words: Word[] = [];
  let used = box.indent;
  const finish = (last: boolean): void => {
    const indent = lines.length === 0 ? box.indent : 0;
    lines.push(place(words, { ...box, indent, last }));
    words = [];
    used = 0;
  };
  for (const word of wordsOf(runs)) {
    if (word.broken) finish(true);
    const space = words.length === 0 ? 0 : word.space;
    if (words.length > 0 && used + space + word.width > box.width + 0.01) finish(false);
    for (const part of word.width > box.width - used && words.length === 0
      ? cut(word, box.width - used, box.width)
      : [word]) {
      if (words.length > 0 && part !== word) finish(false);
      used += (words.length === 0 ? 0 : part.space) + part.width;
      words.push(part);
    }
  }
  if (words.length > 0) finish(true);
  return lines;
}

/** Narrowest and widest useful width of the runs: the longest word, and everything on one line. */
export function measureRuns(runs: readonly InlineRun[]): { readonly min: number; readonly max: number } {
  let [min, max, line] = [0, 0, 0];
  for (const word of wordsOf(runs)) {
    if (word.broken) line = 0;
    line += (line === 0 ? 0 : word.space) + word.width;
    min = Math.max(min, word.width);
    max = Math.max(max, line);
  }
  return { min, max };
}

function wordsOf(runs: readonly InlineRun[]): readonly Word[] {
  const words: Word[] = [];
  let space = 0;
  let glued = false;
  let broken = false;
  const add = (text: string, style: TextStyle): void => {
    const width = textWidth(text, faceOf(style), style.size);
    if (glued && words.length > 0 && !broken) {
      words.at(-1)!.bits.push({ text, style, width });
      words.at(-1)!.width += width;
    } else {
      words.push({ bits: [{ text, style, width }], width, space, broken });
    }
    [space, glued, broken] = [0, true, false];
  };
  for (const run of runs) {
    if (run === 'break') {
      // Two breaks in a row leave an empty line.
      if (broken) words.push({ bits: [], width: 0, space: 0, broken: true });
      [space, glued, broken] = [0, false, true];
      continue;
    }
    for (const part of run.text.split(/([ \t\r\n]+)/u)) {
      if (part === '') continue;
      if (/^[ \t\r\n]/u.test(part) && !run.style.nowrap) {
        if (glued) space = textWidth(' ', faceOf(run.style), run.style.size);
        glued = false;
      } else if (run.style.nowrap) {
        add(part.replace(/[ \t\r\n]+/gu, '\u00a0'), run.style);
      } else {
        for (const [index, bit] of part.split(BREAK_AFTER).entries()) {
          if (index > 0) glued = false;
          add(bit, run.style);
        }
      }
    }
  }
  return words;
}

function cut(word: Word, first: number, full: number): readonly Word[] {
  const parts: Word[] = [];
  let current: Word = { bits: [], width: 0, space: word.space, broken: word.broken };
  let limit = first;
  for (const bit of word.bits) {
    for (const char of bit.text) {
      const width = textWidth(char, faceOf(bit.style), bit.style.size);
      if (current.bits.length > 0 && current.width + width > limit) {
        parts.push(current);
        current = { bits: [], width: 0, space: 0, broken: false };
        limit = full;
      }
      const before = current.bits.at(-1);
      if (before?.style === bit.style) {
        current.bits[current.bits.length - 1] = { ...before, text: before.text + char, width: before.width + width };
      } else current.bits.push({ text: char, style: bit.style, width });
      current.width += width;
    }
  }
  return [...parts, current];
}

function place(
  words: readonly Word[],
  box: {
    readonly width: number;
    readonly align: Align;
    readonly indent: number;
    readonly size: number;
    readonly last: boolean;
  },
): TextLine {
  const natural = words.reduce((sum, word, index) => sum + word.width + (index === 0 ? 0 : word.space), 0);
  const rest = Math.max(0, box.width - box.indent - natural);
  const gaps = words.filter((word, index) => index > 0 && word.space > 0).length;
  const stretch = box.align === 'justify' && !box.last && gaps > 0 ? rest / gaps : 0;
  const offset = box.align === 'right' ? rest : box.align === 'center' ? rest / 2 : 0;
  const segments: LineSegment[] = [];
  let x = box.indent + offset;
  let size = words.length === 0 ? box.size : 0;
  for (const [index, word] of words.entries()) {
    const gap = index === 0 || word.space === 0 ? 0 : word.space + stretch;
    for (const [position, bit] of word.bits.entries()) {
      const before = segments.at(-1);
      const joins = before !== undefined && before.style === bit.style && stretch === 0;
      const lead = position === 0 ? gap : 0;
      if (joins) {
        const text = before.text + (lead > 0 ? ' ' : '') + bit.text;
        segments[segments.length - 1] = { ...before, text, width: before.width + lead + bit.width };
      } else segments.push({ text: bit.text, style: bit.style, x: x + lead, width: bit.width });
      x += lead + bit.width;
      size = Math.max(size, bit.style.size);
    }
  }
  return { segments, size, height: size * elementLooks.lineHeight };
}
