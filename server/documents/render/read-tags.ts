import { entities } from './markup-rules.ts';

/** A piece of markup text: where it starts, in UTF-16 units of the input. */
export type MarkupToken =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | {
      readonly kind: 'open';
      readonly at: number;
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'close'; readonly at: number; readonly name: string }
  | { readonly kind: 'fault'; readonly at: number; readonly found: string };

const TAG = /<\/?([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*\/?>/uy;
const ATTRIBUTE = /([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const COMMENT = /<!--[^]*?-->/uy;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z]+));/uy;

/**
 * Splits markup into tags and decoded text. Strict: a `<` that begins no well-formed tag, an attribute without quotes or
 * an unknown entity is a `fault` token, and reading goes on after it. Linear in the length of the input.
 */
export function readTags(markup: string): readonly MarkupToken[] {
  const tokens: MarkupToken[] = [];
  let text = '';
  let textAt = 0;
  let at = 0;
  const flush = (): void => {
    if (text !== '') tokens.push({ kind: 'text', at: textAt, text });
    text = '';
  };
  while (at < markup.length) {
    const next = nextSpecial(markup, at);
    if (next > at) {
      if (text === '') textAt = at;
      text += markup.slice(at, next);
      at = next;
      continue;
    }
    if (markup[at] === '&') {
      ENTITY.lastIndex = at;
      const match = ENTITY.exec(markup);
      const char = match === null ? undefined : decodeEntity(match);
      if (text === '') textAt = at;
      if (char === undefined) {
        flush();
        tokens.push({ kind: 'fault', at, found: markup.slice(at, at + 12) });
      } else text += char;
      at += match?.[0].length ?? 1;
      continue;
    }
    flush();
    COMMENT.lastIndex = at;
    const comment = COMMENT.exec(markup);
    if (comment !== null) {
      at += comment[0].length;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(markup);
    if (tag === null) {
      tokens.push({ kind: 'fault', at, found: markup.slice(at, at + 30) });
      at += 1;
      continue;
    }
    const name = tag[1]!.toLowerCase();
    if (markup[at + 1] === '/') tokens.push({ kind: 'close', at, name });
    else tokens.push({ kind: 'open', at, name, attributes: readAttributes(tag[2]!) });
    at += tag[0].length;
  }
  flush();
  return tokens;
}

function nextSpecial(markup: string, from: number): number {
  for (let at = from; at < markup.length; at += 1) {
    const code = markup.charCodeAt(at);
    if (code === 0x3c || code === 0x26) return at;
  }
  return markup.length;
}

function readAttributes(source: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const match of source.matchAll(ATTRIBUTE)) attributes.set(match[1]!.toLowerCase(), match[2] ?? match[3] ?? '');
  return attributes;
}

function decodeEntity(match: RegExpExecArray): string | undefined {
  const [, decimal, hex, name] = match;
  if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name] : undefined;
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
  return code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

/** `text-align: right; width: 20%` as pairs; empty parts are skipped. */
export function readStyle(style: string): readonly (readonly [name: string, value: string])[] {
  return style
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const colon = part.indexOf(':');
      return colon < 0
        ? ([part.trim().toLowerCase(), ''] as const)
        : ([
            part.slice(0, colon).trim().toLowerCase(),
            part
              .slice(colon + 1)
              .trim()
              .toLowerCase(),
          ] as const);
    });
}
