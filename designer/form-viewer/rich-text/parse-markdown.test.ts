import assert from 'node:assert/strict';
import { parseMarkdown } from './parse-markdown.ts';
import { safeAddress, type RichNode } from './rich-node.ts';

/** The tree as a line: `p(Hello strong(you))`. */
function told(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) =>
      typeof node === 'string' ? node : `${node.tag}${node.href ? `<${node.href}>` : ''}(${told(node.children)})`,
    )
    .join('');
}

describe('the Markdown of forms', () => {
  for (const [source, tree] of [
    ['# Итог\nготово', 'h3(Итог)p(готово)'],
    ['- раз\n- **два**\n\n1. три', 'ul(li(раз)li(strong(два)))ol(li(три))'],
    ['одна\nдве', 'p(однаbr()две)'],
    ['> сказал\n> так', 'blockquote(p(сказалbr()так))'],
    ['```\n<b> *x*\n```', 'pre(<b> *x*)'],
    ['*да* ~~нет~~ `код`', 'p(em(да) s(нет) code(код))'],
    ['---', 'hr()'],
    ['[акт](https://a.ru/1) и https://b.ru.', 'p(a<https://a.ru/1>(акт) и a<https://b.ru>(https://b.ru).)'],
    ['2 * 3 * 4 = 24', 'p(2 * 3 * 4 = 24)'],
    ['<script>alert(1)</script>', 'p(<script>alert(1)</script>)'],
    ['[x](javascript:alert)', 'p([x](javascript:alert))'],
    ['', ''],
    ['##', 'p(##)'],
  ] as const) {
    it(JSON.stringify(source), () => assert.equal(told(parseMarkdown(source)), tree));
  }

  it('ends on any text, and soon', () => {
    for (const hostile of [
      '*'.repeat(20_000),
      '['.repeat(20_000),
      '**a'.repeat(7_000),
      '# '.repeat(10_000),
      '`'.repeat(19_999),
    ])
      assert.ok(parseMarkdown(hostile));
  });
});

describe('addresses a click may open', () => {
  for (const good of ['https://a.ru', 'http://a.ru/x', 'mailto:a@b.ru', 'tel:+7912'])
    it(good, () => assert.ok(safeAddress(good)));
  for (const bad of [
    'javascript:alert(1)',
    ' java\nscript:x',
    'data:text/html,x',
    '//a.ru',
    '/tasks',
    'vbscript:x',
    'https://',
  ])
    it(`not ${JSON.stringify(bad)}`, () => assert.equal(safeAddress(bad), undefined));
});
