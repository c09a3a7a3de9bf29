export interface Tag {
  /** As written, with its prefix. */
  readonly name: string;
  readonly closes: boolean;
  readonly empty: boolean;
  /** Where `<` stands, and just after `>`. */
  readonly from: number;
  readonly to: number;
}

/** The tags of a text in order; comments, CDATA and processing instructions are skipped. */
export function* tagsOf(xml: string): Generator<Tag> {
  let at = xml.indexOf('<');
  while (at >= 0) {
    if (xml.startsWith('<!--', at)) at = endOf(xml, '-->', at);
    else if (xml.startsWith('<![CDATA[', at)) at = endOf(xml, ']]>', at);
    else if (xml.startsWith('<?', at)) at = endOf(xml, '?>', at);
    else {
      const end = endOfTag(xml, at);
      const name = /^<\/?([^\s/>]{0,100})/.exec(xml.slice(at, at + 110))?.[1] ?? '';
      yield { name, closes: xml[at + 1] === '/', empty: xml[end - 2] === '/', from: at, to: end };
      at = end;
    }
    at = xml.indexOf('<', at);
  }
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
