import type { FontFace } from './fonts.ts';
import type { MarkupElement } from './parse-markup.ts';

export type Align = 'left' | 'right' | 'center' | 'justify';

/** Inherited properties; sizes in points. */
export type TextStyle = {
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly muted: boolean;
  readonly nowrap: boolean;
  readonly align: Align;
  readonly indent: number;
};

export const baseStyle: TextStyle = {
  size: 10,
  bold: false,
  italic: false,
  underline: false,
  muted: false,
  nowrap: false,
  align: 'left',
  indent: 0,
};

/** Shared by the PDF and the preview's style sheet. */
export const elementLooks = {
  h1: { size: 14, bold: true, above: 10, below: 8 },
  h2: { size: 12, bold: true, above: 10, below: 6 },
  h3: { size: 10, bold: true, above: 8, below: 4 },
  p: { above: 0, below: 5 },
  listIndent: 14,
  lineHeight: 1.3,
  smallSize: 8,
  mutedColor: '#555555',
} as const;

export const POINTS_PER_MM = 72 / 25.4;

/** `12mm`, `6pt`, or a percentage of `whole`; a bare number is points. */
export function lengthInPoints(value: string | undefined, whole = 0): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(mm|pt|%)?$/u.exec(value ?? '');
  if (match === null) return undefined;
  const amount = Number(match[1]);
  if (match[2] === '%') return (amount / 100) * whole;
  return match[2] === 'mm' ? amount * POINTS_PER_MM : amount;
}

/** The style inside an element: what it inherits, changed by its name, classes, `align` and `style`. */
export function styleWithin(element: MarkupElement, inherited: TextStyle): TextStyle {
  const { name, classes, style } = element;
  const heading = name === 'h1' || name === 'h2' || name === 'h3' ? elementLooks[name] : undefined;
  const own: { -readonly [Key in keyof TextStyle]: TextStyle[Key] } = { ...inherited };
  if (heading !== undefined) [own.size, own.bold] = [heading.size, true];
  if (name === 'b' || name === 'strong' || name === 'th') own.bold = true;
  if (name === 'i' || name === 'em') own.italic = true;
  if (name === 'u') own.underline = true;
  if (classes.has('small')) own.size = elementLooks.smallSize;
  if (classes.has('muted')) own.muted = true;
  if (classes.has('number')) [own.align, own.nowrap] = ['right', true];
  if (classes.has('nowrap') || style.get('white-space') === 'nowrap') own.nowrap = true;
  const align = style.get('text-align') ?? element.attributes.get('align');
  if (align !== undefined) own.align = align as Align;
  own.size = lengthInPoints(style.get('font-size')) ?? own.size;
  own.indent = lengthInPoints(style.get('text-indent')) ?? own.indent;
  const weight = style.get('font-weight');
  if (weight !== undefined) own.bold = weight === 'bold';
  return own;
}

export function faceOf(style: TextStyle): FontFace {
  if (style.bold) return style.italic ? 'boldItalic' : 'bold';
  return style.italic ? 'italic' : 'regular';
}
