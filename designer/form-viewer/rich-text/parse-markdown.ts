import { safeAddress, type RichElement, type RichNode } from './rich-node.ts';

/**
 * The Markdown people know from messengers: headings, lists, quotes, code, rules, bold, italics, strikethrough, links. HTML in it
 * stays text. Written out because a parser that also knows footnotes and raw HTML would be twenty times as large and less safe.
 */
export function parseMarkdown(source: string): readonly RichNode[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: RichNode[] = [];
  let at = 0;
  /** The lines from here on that fit, without their mark. */
  const take = (mark: RegExp): string[] => {
    const taken: string[] = [];
    for (; at < lines.length && mark.test(lines[at]!); at += 1) taken.push(lines[at]!.replace(mark, ''));
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at]!;
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    if (line.trim() === '') at += 1;
    else if (/^```/.test(line)) {
      at += 1;
      const code: string[] = [];
      for (; at < lines.length && !/^```/.test(lines[at]!); at += 1) code.push(lines[at]!);
      at += 1;
      blocks.push({ tag: 'pre', children: [code.join('\n')] });
    } else if (heading) {
      blocks.push({ tag: heading[1]!.length < 3 ? 'h3' : 'h4', children: inline(heading[2]!) });
      at += 1;
    } else if (/^(?:-{3,}|\*{3,})\s*$/.test(line)) {
      blocks.push({ tag: 'hr', children: [] });
      at += 1;
    } else if (BULLET.test(line)) blocks.push(list('ul', take(BULLET)));
    else if (NUMBER.test(line)) blocks.push(list('ol', take(NUMBER)));
    else if (QUOTE.test(line))
      blocks.push({ tag: 'blockquote', children: [{ tag: 'p', children: withBreaks(take(QUOTE)) }] });
    else blocks.push({ tag: 'p', children: withBreaks(take(PLAIN)) });
  }
  return blocks;
}

const BULLET = /^\s*[-*•]\s+/;
const NUMBER = /^\s*\d{1,3}[.)]\s+/;
const QUOTE = /^>\s?/;
const PLAIN = /^(?!\s*$|```|#{1,4}\s|>|\s*[-*•]\s|\s*\d{1,3}[.)]\s|(?:-{3,}|\*{3,})\s*$)/;

function list(tag: 'ul' | 'ol', items: readonly string[]): RichElement {
  return { tag, children: items.map((item) => ({ tag: 'li', children: inline(item) })) };
}

function withBreaks(lines: readonly string[]): readonly RichNode[] {
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [{ tag: 'br', children: [] } as const] : []),
    ...inline(line),
  ]);
}

/** Bounded repetitions only: a hostile text must not make the browser wait. */
const INLINE =
  /`([^`\n]{1,500})`|\*\*([^*\n]{1,1000})\*\*|\*([^*\s][^*\n]{0,999})\*|~~([^~\n]{1,1000})~~|\[([^\]\n]{1,500})\]\(([^()\s]{1,2000})\)|(https?:\/\/[^\s<>"«»]{1,2000}[^\s<>"«».,;:!?)])/g;

function inline(text: string): readonly RichNode[] {
  const nodes: RichNode[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, em, struck, label, address, bare] = match;
    if (match.index > from) nodes.push(text.slice(from, match.index));
    from = match.index + whole.length;
    if (code !== undefined) nodes.push({ tag: 'code', children: [code] });
    else if (strong !== undefined) nodes.push({ tag: 'strong', children: inline(strong) });
    else if (em !== undefined) nodes.push({ tag: 'em', children: inline(em) });
    else if (struck !== undefined) nodes.push({ tag: 's', children: inline(struck) });
    else nodes.push(link(label ?? bare!, address ?? bare!, whole));
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

function link(label: string, address: string, whole: string): RichNode {
  const href = safeAddress(address);
  return href === undefined ? whole : { tag: 'a', children: [label], href };
}
