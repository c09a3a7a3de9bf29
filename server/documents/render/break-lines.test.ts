import assert from 'node:assert/strict';
import { breakLines, type InlineRun } from './break-lines.ts';
import { textWidth } from './fonts.ts';
import { baseStyle } from './text-style.ts';

const style = baseStyle;
const bold = { ...baseStyle, bold: true };
const lines = (runs: readonly InlineRun[], width: number): readonly string[] =>
  breakLines(runs, { width, align: 'left', indent: 0, size: 10 }).map((line) =>
    line.segments.map((segment) => segment.text).join('|'),
  );
const widthOf = (text: string): number => textWidth(text, 'regular', 10) + 0.1;

describe('breakLines', () => {
  it('collapses whitespace and breaks between words', () => {
    assert.deepEqual(lines([{ text: '  один\n  два три ', style }], widthOf('один два')), ['один два', 'три']);
  });
  it('keeps no-break spaces, numbers with hyphens and words in two styles together', () => {
    const text = 'на 9\u00a0672,65\u00a0₽ по 55-102';
    assert.deepEqual(lines([{ text, style }], widthOf('по 9\u00a0672,65\u00a0₽')), [
      'на 9\u00a0672,65\u00a0₽',
      'по 55-102',
    ]);
    const mixed = [
      { text: 'да ОБ', style },
      { text: 'Р-12', style: bold },
    ];
    assert.deepEqual(lines(mixed, widthOf('да ОБР-1')), ['да', 'ОБ|Р-12']);
  });
  it('breaks after a hyphen between letters and keeps every forced break', () => {
    assert.deepEqual(lines([{ text: 'купли-продажи', style }], widthOf('купли-про')), ['купли-', 'продажи']);
    assert.deepEqual(lines([{ text: 'а', style }, 'break', 'break', { text: 'б', style }], 100), ['а', '', 'б']);
  });
  it('cuts a word wider than the line between characters', () => {
    const cut = lines([{ text: 'я'.repeat(25), style }], widthOf('я'.repeat(10)));
    assert.deepEqual(
      cut.map((line) => line.length),
      [10, 10, 5],
    );
  });
  it('justifies all lines but the last to the full width', () => {
    const found = breakLines([{ text: 'аа бб вв гг дд ее', style }], {
      width: widthOf('аа бб вв'),
      align: 'justify',
      indent: 0,
      size: 10,
    });
    const ends = found.map((line) => {
      const last = line.segments.at(-1)!;
      return last.x + last.width;
    });
    assert.ok(Math.abs(ends[0]! - widthOf('аа бб вв')) < 0.01, String(ends));
  });
});
