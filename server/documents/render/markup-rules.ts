/**
 * The HTML subset of document templates, one table for the checker, the parser, the preview and the PDF. Anything not
 * here is an error with its line: silently dropped markup would make preview and PDF disagree.
 */
export type ElementName = keyof typeof elementRules;

export type Content = 'blocks' | 'inline' | 'items' | 'rows' | 'sections' | 'cells' | 'void';

type ElementRule = {
  readonly content: Content;
  /** Where the element may stand: among blocks, in a line of text, or only directly inside the named parents. */
  readonly place: 'block' | 'inline' | readonly string[];
  readonly attributes?: readonly string[];
};

export const elementRules = {
  h1: { content: 'inline', place: 'block' },
  h2: { content: 'inline', place: 'block' },
  h3: { content: 'inline', place: 'block' },
  p: { content: 'inline', place: 'block' },
  div: { content: 'blocks', place: 'block' },
  hr: { content: 'void', place: 'block' },
  ul: { content: 'items', place: 'block' },
  ol: { content: 'items', place: 'block' },
  li: { content: 'blocks', place: ['ul', 'ol'] },
  table: { content: 'sections', place: 'block' },
  thead: { content: 'rows', place: ['table'] },
  tbody: { content: 'rows', place: ['table'] },
  tr: { content: 'cells', place: ['table', 'thead', 'tbody'] },
  th: { content: 'blocks', place: ['tr'], attributes: ['colspan', 'width', 'align'] },
  td: { content: 'blocks', place: ['tr'], attributes: ['colspan', 'width', 'align'] },
  b: { content: 'inline', place: 'inline' },
  strong: { content: 'inline', place: 'inline' },
  i: { content: 'inline', place: 'inline' },
  em: { content: 'inline', place: 'inline' },
  u: { content: 'inline', place: 'inline' },
  span: { content: 'inline', place: 'inline' },
  br: { content: 'void', place: 'inline' },
} as const satisfies Readonly<Record<string, ElementRule>>;

export function isElementName(name: string): name is ElementName {
  return Object.hasOwn(elementRules, name);
}

/** Attributes every element takes. */
export const commonAttributes: readonly string[] = ['class', 'style'];

/** `ruled` tables have lines; `number` is right-aligned and never broken; `keep` stays on one page. */
export const classNames: readonly string[] = ['ruled', 'number', 'keep', 'small', 'muted', 'nowrap'];

/** Inline styles and the values they take. */
export const styleRules: Readonly<Record<string, RegExp>> = {
  'text-align': /^(?:left|right|center|justify)$/u,
  'text-indent': /^\d{1,3}(?:\.\d)?(?:mm|pt)$/u,
  'font-size': /^(?:[6-9]|1\d|2[0-4])(?:\.\d)?pt$/u,
  'font-weight': /^(?:bold|normal)$/u,
  'margin-top': /^\d{1,3}(?:\.\d)?(?:mm|pt)$/u,
  'margin-bottom': /^\d{1,3}(?:\.\d)?(?:mm|pt)$/u,
  'margin-left': /^\d{1,3}(?:\.\d)?(?:mm|pt)$/u,
  'page-break-before': /^always$/u,
  'white-space': /^nowrap$/u,
  width: /^\d{1,3}(?:\.\d{1,2})?(?:%|mm|pt)$/u,
};

export const attributeRules: Readonly<Record<string, RegExp>> = {
  colspan: /^[1-9]\d?$/u,
  width: /^\d{1,3}(?:\.\d{1,2})?(?:%|mm|pt)?$/u,
  align: /^(?:left|right|center)$/u,
};

/** Named entities; all others must be written as the character itself or as a number. */
export const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  sect: '§',
  times: '×',
  copy: '©',
};
