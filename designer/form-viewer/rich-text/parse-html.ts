import { RICH_TAGS, safeAddress, type RichNode, type RichTag } from './rich-node.ts';

/** What stands for what: an old or a structural tag becomes the one we draw; every other tag disappears and leaves its words. */
const SAME: Readonly<Record<string, RichTag>> = {
  b: 'strong',
  i: 'em',
  del: 's',
  strike: 's',
  h1: 'h3',
  h2: 'h3',
  h5: 'h4',
  h6: 'h4',
};
/** Their words are no text for a reader. */
const DROPPED: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'title',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
]);
const MAX_DEPTH = 40;

/**
 * HTML from outside as a tree of allowed elements. DOMParser makes a document that runs no script and loads nothing; from it only
 * texts, allowed tags and safe addresses are copied: no attribute but `href`, no style, no image, no event.
 */
export function parseHtml(source: string): readonly RichNode[] {
  return childrenOf(new DOMParser().parseFromString(source, 'text/html').body, 0);
}

function childrenOf(parent: Node, depth: number): readonly RichNode[] {
  if (depth > MAX_DEPTH) return [parent.textContent ?? ''];
  return [...parent.childNodes].flatMap((node) => richOf(node, depth));
}

function richOf(node: Node, depth: number): readonly RichNode[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.nodeValue ?? ''];
  if (!(node instanceof Element)) return [];
  const name = node.localName;
  if (DROPPED.has(name)) return [];
  const children = childrenOf(node, depth + 1);
  const tag = SAME[name] ?? RICH_TAGS.find((allowed) => allowed === name);
  if (tag === undefined) return children;
  if (tag !== 'a') return [{ tag, children }];
  const href = safeAddress(node.getAttribute('href') ?? '');
  return href === undefined ? children : [{ tag, children, href }];
}
