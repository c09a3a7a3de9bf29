import assert from 'node:assert/strict';
import { compileTemplate } from './compile-template.ts';
import { RenderFailed, TemplateRefused, type TemplateProblemCode } from './template-errors.ts';
import type { DocumentLocale } from './template-functions.ts';

const render = (
  template: string,
  data: unknown = {},
  locale: DocumentLocale = 'ru',
  timeZone = 'Europe/Moscow',
): string => compileTemplate(template).render(data, { locale, timeZone });

function problemsOf(template: string): readonly (readonly [TemplateProblemCode, number])[] {
  try {
    compileTemplate(template);
    return [];
  } catch (error) {
    assert.ok(error instanceof TemplateRefused, String(error));
    assert.ok(error.problems.every(({ ru, en }) => ru.remedy !== '' && en.remedy !== ''));
    return error.problems.map(({ code, line }) => [code, line] as const);
  }
}

describe('compileTemplate: helpers', () => {
  const cases: readonly [template: string, data: unknown, expected: string, locale?: DocumentLocale][] = [
    ['{{money x}}', { x: 967_265n }, '9\u00a0672,65\u00a0₽'],
    ['{{money x}}', { x: '123456789012345678' }, '1\u00a0234\u00a0567\u00a0890\u00a0123\u00a0456,78\u00a0₽'],
    ['{{money x}}', { x: -45_045 }, '−450,45\u00a0₽'],
    ['{{money x currency="none"}}', { x: 5 }, '0,05'],
    ['{{money x}}', { x: 967_265 }, 'RUB\u00a09,672.65', 'en'],
    ['{{date x}}', { x: '2026-11-05' }, '05.11.2026'],
    ['{{date x style="long"}}', { x: '2026-11-05' }, '5 ноября 2026\u00a0г.'],
    ['{{date x style="long"}}', { x: '2026-11-05' }, '5 November 2026', 'en'],
    ['{{date x}}', { x: '2026-11-05T22:30:00Z' }, '06.11.2026'],
    ['{{dateTime x}}', { x: '2026-11-05T22:30:00Z' }, '06.11.2026, 01:30'],
    ['{{number x}}', { x: 1234.5 }, '1\u00a0234,5'],
    ['{{plural 1 "день" "дня" "дней"}}', {}, '1\u00a0день'],
    ['{{plural 22 "день" "дня" "дней"}}', {}, '22\u00a0дня'],
    ['{{plural x "день" "дня" "дней"}}', { x: 111n }, '111\u00a0дней'],
    ['{{plural 2 "day" "days"}}', {}, '2\u00a0days', 'en'],
    ['{{#if (eq kind "b2c")}}да{{else}}нет{{/if}}', { kind: 'b2b' }, 'нет'],
    ['{{#unless done}}нет{{/unless}}', { done: false }, 'нет'],
    ['{{#each list}}{{@index}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}', { list: ['а', 'б'] }, '0а, 1б'],
    ['{{number}} {{date}}', { number: 'ОТВ-1', date: 'сегодня' }, 'ОТВ-1 сегодня'],
    ['{{x}}', { x: '<b>"&' }, '&lt;b&gt;&quot;&amp;'],
    ['{{x}}|{{optional y}}|{{#if (optional z.a)}}!{{/if}}', { x: null, z: {} }, '||'],
  ];
  for (const [template, data, expected, locale] of cases) {
    it(`${template} → ${expected}`, () => assert.equal(render(template, data, locale), expected));
  }

  it('refuses values of the wrong kind: money is never a fraction, an instant never without its zone', () => {
    const bad: readonly [string, unknown][] = [
      ['{{money x}}', { x: 10.5 }],
      ['{{money x}}', { x: '10,50' }],
      ['{{date x}}', { x: '05.11.2026' }],
      ['{{dateTime x}}', { x: '2026-11-05T10:00:00' }],
      ['{{plural x "день" "дня" "дней"}}', { x: 1.5 }],
      ['{{plural 2 "день" "дня"}}', {}],
      ['{{client}}', { client: { name: 'А' } }],
    ];
    for (const [template, data] of bad) {
      assert.throws(() => render(template, data), { code: 'render-bad-value' }, template);
    }
  });
});

describe('compileTemplate: missing values', () => {
  const cases: readonly [template: string, data: unknown, variable: string][] = [
    ['<p>\n{{phone}}</p>', {}, 'phone'],
    ['<p>\n{{client.phone}}</p>', { client: {} }, 'client.phone'],
    ['<p>\n{{client.bank.account}}</p>', { client: {} }, 'client.bank.account'],
    ['<p>\n{{money total}}</p>', {}, 'total'],
    [
      '<p>{{#each lines}}{{name}}\n{{sum}}{{/each}}</p>',
      { lines: [{ name: 'а', sum: 1 }, { name: 'б' }] },
      'lines.1.sum',
    ],
    ['<p>\n{{#if urgent}}!{{/if}}</p>', {}, 'urgent'],
    ['<p>\n{{#each lines}}x{{/each}}</p>', {}, 'lines'],
    ['<p>{{position}}\n{{a.position}}</p>', { position: 1, a: {} }, 'a.position'],
    ['<p>\n{{toString}}</p>', {}, 'toString'],
    ['<p>\n{{client.phone}}</p>', { client: null }, 'client.phone'],
    ['<p>{{#each list}}\n{{money sum}}{{/each}}</p>', { list: ['а'] }, 'sum'],
    ['<p>{{#each list}}\n{{#each parts}}x{{/each}}{{/each}}</p>', { list: [7] }, 'parts'],
  ];
  for (const [template, data, variable] of cases) {
    it(`names «${variable}» and line 2`, () =>
      assert.throws(
        () => render(template, data),
        (error) => {
          assert.ok(error instanceof RenderFailed, String(error));
          assert.ok(error.message.includes(`«${variable}»`) || error.code === 'render-bad-value', error.message);
          if (variable !== 'toString') {
            assert.deepEqual([error.code, error.variable, error.line], ['render-missing-variable', variable, 2]);
          }
          return true;
        },
      ));
  }
});

it('compileTemplate: a field of a plain number is missing too, though without its name', () => {
  const template = '{{#each list}}{{sum}}{{/each}}';
  assert.throws(() => render(template, { list: [1] }), { code: 'render-missing-variable' });
});

describe('compileTemplate: what a template may not do', () => {
  const refused: readonly [TemplateProblemCode, number, string][] = [
    ['template-unknown-element', 2, '<p>а</p>\n<img src="x">'],
    ['template-unknown-element', 1, '<iframe></iframe>'],
    ['template-unknown-attribute', 1, '<p onclick="x()">а</p>'],
    ['template-unknown-attribute', 1, '<table><tr><td rowspan="2">а</td></tr></table>'],
    ['template-unknown-style', 2, '<p>\n<span style="color: red">а</span></p>'],
    ['template-unknown-style', 1, '<p style="font-size: 400pt">а</p>'],
    ['template-unknown-style', 1, '<p class="fancy">а</p>'],
    ['template-bad-nesting', 1, '<p>а<p>б</p></p>'],
    ['template-bad-nesting', 1, '<b>а'],
    ['template-bad-nesting', 1, 'а</b>'],
    ['template-bad-nesting', 2, '<table>\n{{x}}</table>'],
    ['template-bad-nesting', 1, '<tr><td>а</td></tr>'],
    ['template-bad-nesting', 1, '{{#if x}}<b>{{/if}}а</b>'],
    ['template-syntax', 1, '<td class={{x}}>'],
    ['template-syntax', 1, '<p class="{{x}}">а</p>'],
    ['template-syntax', 1, '<p>Рога & копыта</p>'],
    ['template-syntax', 2, '<p>\n{{#if x}}а</p>'],
    ['template-unknown-helper', 1, '{{lookup x "y"}}'],
    ['template-unknown-helper', 1, '{{#with x}}а{{/with}}'],
    ['template-unknown-helper', 1, '{{#x}}а{{/x}}'],
    ['template-unknown-helper', 1, '{{log "x"}}'],
    ['template-unsafe', 1, '{{{x}}}'],
    ['template-unsafe', 1, '{{&x}}'],
    ['template-unsafe', 1, '{{> part}}'],
    ['template-unsafe', 1, '{{#> layout}}а{{/layout}}'],
    ['template-unsafe', 1, '{{#*inline "a"}}а{{/inline}}'],
    ['template-unsafe', 1, '{{* deco}}'],
    ['template-unsafe', 1, '{{x.constructor.name}}'],
    ['template-unsafe', 1, '{{x.__proto__}}'],
    ['template-unsafe', 1, '{{@partial-block}}'],
    ['template-too-deep', 1, '{{#each a}}{{#each b}}{{#each c}}{{#each d}}{{/each}}{{/each}}{{/each}}{{/each}}'],
    ['template-too-large', 1, 'а'.repeat(200_001)],
  ];
  for (const [code, line, template] of refused) {
    it(`${code}: ${template.slice(0, 60).replace(/\n/gu, '⏎')}`, () => {
      const problems = problemsOf(template);
      assert.ok(
        problems.some(([found, at]) => found === code && at === line),
        JSON.stringify(problems),
      );
    });
  }

  it('reports every problem at once', () => {
    assert.deepEqual(problemsOf('<p>а</p>\n<svg></svg>\n<p foo="1">б</p>'), [
      ['template-unknown-element', 2],
      ['template-bad-nesting', 2],
      ['template-unknown-attribute', 3],
    ]);
  });

  it('takes only text: an AST object is not a template', () => {
    assert.throws(() => compileTemplate({ type: 'Program', body: [] } as never), /to be a string/u);
  });

  it('stops at 5 MB and at 100,000 rows', () => {
    const rows = Array.from({ length: 400 }, () => 'x'.repeat(100));
    assert.throws(() => render('{{#each rows}}{{#each ../rows}}{{this}}{{/each}}{{/each}}', { rows }), {
      code: 'render-output-too-large',
    });
    assert.throws(() => render('{{x}}', { x: 'x'.repeat(6_000_000) }), { code: 'render-output-too-large' });
  });

  it('data never become markup, prototype members never print', () => {
    assert.equal(render('<p>{{x}}</p>', { x: '</p><script>' }), '<p>&lt;/p&gt;&lt;script&gt;</p>');
    const polluted = JSON.parse('{"x":{"__proto__":{"y":1}}}') as unknown;
    assert.throws(() => render('{{x.y}}', polluted), { code: 'render-missing-variable' });
  });
});
