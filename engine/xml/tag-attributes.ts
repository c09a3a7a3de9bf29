import type { Tag } from './tags-of.ts';
import type { TextEdit } from './text-edit.ts';

export interface TagAttribute {
  readonly name: string;
  readonly value: string;
  /** With the space before it, up to its closing quote. */
  readonly from: number;
  readonly to: number;
  /** Between the quotes. */
  readonly valueFrom: number;
  readonly quote: string;
}

const ATTRIBUTE = /\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The attributes of an opening tag in order, decoded. */
export function attributesOf(xml: string, { name, from, to }: Tag): readonly TagAttribute[] {
  const found: TagAttribute[] = [];
  ATTRIBUTE.lastIndex = from + 1 + name.length;
  for (let match = ATTRIBUTE.exec(xml); match !== null && match.index < to; match = ATTRIBUTE.exec(xml)) {
    const [whole, attribute = '', quoted = ''] = match;
    const end = match.index + whole.length;
    found.push({
      name: attribute,
      value: decode(quoted.slice(1, -1)),
      from: match.index,
      to: end,
      valueFrom: end - quoted.length + 1,
      quote: quoted[0] ?? '"',
    });
  }
  return found;
}

/** Edits after which the tag has these values; undefined takes an attribute away. What is right already is left as it is written. */
export function setAttributes(
  xml: string,
  tag: Tag,
  wanted: Readonly<Record<string, string | undefined>>,
): readonly TextEdit[] {
  const attributes = attributesOf(xml, tag);
  const behind = attributes.at(-1)?.to ?? tag.from + 1 + tag.name.length;
  return Object.entries(wanted).flatMap(([name, value]): readonly TextEdit[] => {
    const stands = attributes.find((one) => one.name === name);
    if (stands?.value === value) return [];
    if (value === undefined) return [{ from: stands!.from, to: stands!.to, text: '' }];
    if (stands === undefined) return [{ from: behind, to: behind, text: attributeText(name, value) }];
    return [{ from: stands.valueFrom, to: stands.to - 1, text: encode(value, stands.quote) }];
  });
}

/** ` name="value"`, with the space before it. */
export function attributeText(name: string, value: string): string {
  return ` ${name}="${encode(value, '"')}"`;
}

function encode(value: string, quote: string): string {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '&#10;');
  return quote === '"' ? text.replaceAll('"', '&quot;') : text.replaceAll("'", '&apos;');
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
