import { attributeText } from './tag-attributes.ts';
import type { TextEdit } from './text-edit.ts';
import type { XmlElement } from './xml-tree.ts';

/** What is written of an element whose line begins so: a line break and its indent, or '' where all stands in one line. */
export type ElementText = (line: string) => string;

export type Attributes = Readonly<Record<string, string | undefined>>;

const INDENT = '  ';

export function emptyElement(name: string, attributes: Attributes): string {
  const texts = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : attributeText(key, value),
  );
  return `<${name}${texts.join('')} />`;
}

/** The default namespace has the prefix ''. */
export function prefixedName(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** The element and the space before it. */
export function removal(xml: string, { open, end }: XmlElement): TextEdit {
  let from = open.from;
  while (from > 0 && /\s/.test(xml[from - 1]!)) from -= 1;
  return { from, to: end, text: '' };
}

/** New last children, in lines like those of their brothers. */
export function appended(xml: string, parent: XmlElement, texts: readonly ElementText[]): readonly TextEdit[] {
  const last = parent.children.at(-1);
  if (last) {
    const line = lineBefore(xml, last.open.from);
    return [{ from: last.end, to: last.end, text: texts.map((text) => line + text(line)).join('') }];
  }
  const outer = lineBefore(xml, parent.open.from);
  const line = within(outer);
  return [filled(xml, parent, texts.map((text) => line + text(line)).join('') + outer)];
}

/** The start of a line one level deeper; what stands in one line stays in one. */
export function within(line: string): string {
  return line === '' ? '' : line + INDENT;
}

/** An element without children gets its content. */
export function filled(xml: string, { open, name, closeFrom }: XmlElement, content: string): TextEdit {
  if (!open.empty) return { from: open.to, to: closeFrom, text: content };
  let from = open.to - 2;
  while (/\s/.test(xml[from - 1]!)) from -= 1;
  return { from, to: open.to, text: `>${content}</${name}>` };
}

/** The line break and the indent that stand before a place; '' where something else does. */
export function lineBefore(xml: string, at: number): string {
  return /\r?\n[ \t]*$/.exec(xml.slice(Math.max(0, at - 200), at))?.[0] ?? '';
}
