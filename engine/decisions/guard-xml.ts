import type { DmnProblem } from './invalid-dmn.ts';

/** `reliability.md` §3.2: the parser expands no entities, but 200,000 nested tags cost 2.3 s and 355 MB. */
const SIZE_LIMIT = 2 * 1024 * 1024;
const DEPTH_LIMIT = 64;

/** The ids we accept: of elements, and of whatever ends in a URL or a key. */
export const ID_PATTERN = /^[A-Za-z_][\w.-]{0,99}$/;

/** Refuses text that is too large, too deep or has a document type, before any parser sees it; undefined when it may pass. */
export function guardXml(xml: string): DmnProblem | undefined {
  const problem = (code: string, message: string, remedy: string): DmnProblem => ({
    code,
    elementId: null,
    elementName: null,
    message,
    remedy,
  });
  if (utf8Length(xml) > SIZE_LIMIT) {
    return problem('too-large', 'The file is larger than 2 MB.', 'Split the decisions into several files.');
  }
  if (/<!DOCTYPE/i.test(xml)) {
    return problem('doctype', 'The file has a <!DOCTYPE> declaration.', 'Remove it: DMN needs none.');
  }
  if (depthOf(xml) > DEPTH_LIMIT) {
    return problem('too-deep', `Elements nest deeper than ${DEPTH_LIMIT} levels.`, 'Flatten the file.');
  }
  return undefined;
}

/** Deepest nesting of start tags; comments, CDATA and processing instructions are skipped. Stops when past the limit. */
function depthOf(xml: string): number {
  let depth = 0;
  let deepest = 0;
  let at = xml.indexOf('<');
  while (at >= 0 && deepest <= DEPTH_LIMIT) {
    if (xml.startsWith('<!--', at)) at = endOf(xml, '-->', at);
    else if (xml.startsWith('<![CDATA[', at)) at = endOf(xml, ']]>', at);
    else if (xml.startsWith('<?', at)) at = endOf(xml, '?>', at);
    else {
      const end = endOfTag(xml, at);
      if (xml[at + 1] === '/') depth -= 1;
      else if (xml[end - 2] !== '/') deepest = Math.max(deepest, ++depth);
      at = end;
    }
    at = xml.indexOf('<', at);
  }
  return deepest;
}

function endOf(xml: string, mark: string, from: number): number {
  const end = xml.indexOf(mark, from);
  return end < 0 ? xml.length : end + mark.length;
}

/** Just after the `>` that closes a tag; a `>` inside a quoted attribute does not. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at += 1) {
    const char = xml[at]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at + 1;
  }
  return xml.length;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
