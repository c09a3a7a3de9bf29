/** Formatted text as a tree of what we allow; parsers build it, `RichView` draws it. Nothing else of a source survives. */
export type RichNode = string | RichElement;

export interface RichElement {
  readonly tag: RichTag;
  readonly children: readonly RichNode[];
  /** Only of `a`: http, https, mailto or tel. */
  readonly href?: string;
}

export const RICH_TAGS = [
  'p',
  'div',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'strong',
  'em',
  's',
  'code',
  'pre',
  'blockquote',
  'br',
  'hr',
  'a',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
] as const;
export type RichTag = (typeof RICH_TAGS)[number];

/** An address that a click may open, or undefined: `javascript:`, `data:` and whatever else is no place to go to are dropped. */
export function safeAddress(text: string): string | undefined {
  const trimmed = text.trim();
  return /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|tel:\+?\d)/i.test(trimmed) ? trimmed : undefined;
}
