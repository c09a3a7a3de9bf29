import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { createDocumentRenderer, type DocumentRenderer } from './create-document-renderer.ts';
import type { RenderRequest } from './render-protocol.ts';
import { RenderFailed, TemplateRefused } from './template-errors.ts';
import { answerSample } from './test/answer-sample.ts';

const template = readFileSync(new URL('./test/answer.hbs', import.meta.url), 'utf8');
const request = (data: unknown, changes: Partial<RenderRequest> = {}): RenderRequest => ({
  template,
  data,
  locale: 'ru',
  timeZone: 'Europe/Moscow',
  title: 'Ответ на рекламацию',
  createdAt: '2026-11-20T09:00:00Z',
  footer: 'ОТВ-2026-000017 от 20.11.2026',
  ...changes,
});

type PlacedText = { readonly text: string; readonly x: number; readonly y: number; readonly right: number };

async function readPdf(pdf: Uint8Array): Promise<readonly (readonly PlacedText[])[]> {
  const loading = getDocument({ data: pdf.slice(), verbosity: 0, useSystemFonts: false });
  const document = await loading.promise;
  const pages: PlacedText[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent();
    pages.push(
      content.items.flatMap((item) =>
        'str' in item && item.str.trim() !== ''
          ? [{ text: item.str, x: item.transform[4], y: item.transform[5], right: item.transform[4] + item.width }]
          : [],
      ),
    );
  }
  await loading.destroy();
  return pages;
}

describe('createDocumentRenderer', function () {
  this.timeout(60_000);
  let renderer: DocumentRenderer;
  before(() => (renderer = createDocumentRenderer({ workers: 1 })));
  after(() => renderer.close());

  it('renders one template to a preview and a PDF that says the same in Cyrillic', async () => {
    const { html, pdf, sha256 } = await renderer.render(request(answerSample(2)));
    assert.equal(sha256, createHash('sha256').update(pdf).digest('hex'));
    const pages = await readPdf(pdf);
    assert.equal(pages.length, 1);
    const text = pages[0]!.map((item) => item.text).join(' ');
    for (const said of [
      'ООО «Техника для дома»',
      'Ответ на рекламацию ОБР-2026-000123',
      '19\u00a0960,00\u00a0₽',
      'А. В. Соколова',
    ]) {
      assert.ok(text.replace(/\s+/gu, ' ').includes(said.replace(/\s+/gu, ' ')), said);
      assert.ok(html.includes(said), said);
    }
    assert.ok(text.includes('Лист 1 из 1') && text.includes('ОТВ-2026-000017 от 20.11.2026'));
    assert.ok(text.includes('16 ноября 2026'));
    assert.ok(text.includes('На обращение') && !text.includes('undefined'));
  });

  it('repeats the table header on every page, breaks between rows and aligns numbers to the right', async () => {
    const { pdf } = await renderer.render(request(answerSample(50)));
    const pages = await readPdf(pdf);
    assert.equal(pages.length, 3);
    for (const page of pages.slice(0, 2)) {
      assert.equal(page.filter((item) => item.text === 'Наименование').length, 1);
    }
    const names = pages.flat().filter((item) => /^Дрель ДУ-7\d\d$/u.test(item.text));
    assert.equal(names.length, 43, 'every one-line row is there once');
    const sums = pages.flat().filter((item) => /^9.980,00.₽$/u.test(item.text));
    assert.equal(sums.length, 50);
    assert.ok(Math.max(...sums.map((item) => item.right)) - Math.min(...sums.map((item) => item.right)) < 0.5);
    const footers = pages.map((page) => page.find((item) => item.text.startsWith('Лист'))?.text);
    assert.deepEqual(footers, ['Лист 1 из 3', 'Лист 2 из 3', 'Лист 3 из 3']);
    assert.ok(
      pages.flat().every((item) => item.y > 20 && item.x > 70 && item.right < 595.28 - 42),
      'inside the margins',
    );
    const lastPage = pages[2]!.map((item) => item.text);
    assert.ok(lastPage.includes('С уважением,') && lastPage.length > 7, 'the signature does not stand alone');
  });

  it('gives the same bytes for the same request, whichever thread', async () => {
    const other = createDocumentRenderer({ workers: 2 });
    try {
      const results = await Promise.all([1, 2, 3, 4].map(() => other.render(request(answerSample(5)))));
      const first = await renderer.render(request(answerSample(5)));
      assert.deepEqual(new Set(results.map((result) => result.sha256)), new Set([first.sha256]));
      const later = await renderer.render(request(answerSample(5), { createdAt: '2026-11-21T09:00:00Z' }));
      assert.notEqual(later.sha256, first.sha256);
    } finally {
      await other.close();
    }
  });

  it('cuts a row taller than a page and a word wider than a cell, losing nothing', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `слово${index}`).join(' ');
    const wide = 'Ж'.repeat(200);
    const { pdf } = await renderer.render(
      request(
        { long, wide },
        { template: '<table class="ruled"><tr><td width="30%">{{long}}</td><td>{{wide}}</td></tr></table>' },
      ),
    );
    const pages = await readPdf(pdf);
    assert.ok(pages.length > 1);
    const text = pages
      .flat()
      .map((item) => item.text)
      .join(' ');
    assert.ok(text.includes('слово0') && text.includes('слово899'));
    assert.equal(text.replace(/[^Ж]/gu, '').length, 200);
    assert.ok(pages.flat().every((item) => item.y > 50 || item.text.startsWith('Лист') || item.text.startsWith('ОТВ')));
  });

  it('speaks English', async () => {
    const { pdf } = await renderer.render(
      request({ sum: 967_265 }, { locale: 'en', template: '<p>{{money sum}}, {{plural 2 "day" "days"}}</p>' }),
    );
    const text = (await readPdf(pdf))
      .flat()
      .map((item) => item.text)
      .join(' ');
    assert.ok(/RUB\s9,672\.65, 2\sdays/u.test(text) && text.includes('Page 1 of 1'), text);
  });

  it('names the missing variable and its line', async () => {
    await assert.rejects(renderer.render(request({ ...answerSample(2), signatory: { name: 'А' } })), (error) => {
      assert.ok(error instanceof RenderFailed);
      assert.deepEqual([error.code, error.variable], ['render-missing-variable', 'signatory.position']);
      assert.equal(template.split('\n')[error.line! - 1]?.includes('{{signatory.position}}'), true);
      return true;
    });
  });

  it('refuses a bad template, to check and to render alike', async () => {
    const bad = '<p>да</p>\n<script>alert(1)</script>';
    await assert.rejects(renderer.render(request({}, { template: bad })), TemplateRefused);
    const problems = await renderer.check(bad);
    assert.deepEqual(problems.map(({ code, line }) => [code, line])[0], ['template-unknown-element', 2]);
    assert.deepEqual(await renderer.check(template), []);
  });

  it('stops a runaway template by the clock and goes on with the next document', async () => {
    // The runaway one takes ten seconds, the next one 30 ms: on a busy machine, too, the limit lies between them.
    const hasty = createDocumentRenderer({ workers: 1, markupLimitMs: 1_500 });
    try {
      const rows = Array.from({ length: 45 }, (_, index) => ({ index }));
      const dates = '{{date "2026-01-01" style="long"}}'.repeat(20);
      const cubed = `{{#each rows}}{{#each ../rows}}{{#each ../../rows}}${dates}{{/each}}{{/each}}{{/each}}`;
      const runaway = hasty.render(request({ rows }, { template: cubed }));
      const next = hasty.preview(request({}, { template: '<p>жив</p>' }));
      await assert.rejects(runaway, { code: 'render-time-limit' });
      assert.ok((await next).includes('жив'));
    } finally {
      await hasty.close();
    }
  });

  it('survives a document that needs too much memory', async () => {
    const small = createDocumentRenderer({ workers: 1, memoryMb: 64, markupLimitMs: 20_000, pdfLimitMs: 20_000 });
    try {
      const rows = Array.from({ length: 60_000 }, (_, index) => `строка ${index} с текстом`);
      const big = small.render(request({ rows }, { template: '{{#each rows}}<p>{{this}}</p>{{/each}}' }));
      await assert.rejects(big, { code: 'render-memory-limit' });
      assert.ok((await small.preview(request({}, { template: '<p>жив</p>' }))).includes('жив'));
    } finally {
      await small.close();
    }
  });

  it('rejects what waits when it is closed', async () => {
    const closing = createDocumentRenderer();
    const waiting = closing.preview(request({}, { template: '<p>x</p>' }));
    await Promise.all([assert.rejects(waiting, { code: 'render-closed' }), closing.close()]);
    await assert.rejects(closing.preview(request({}, { template: '<p>x</p>' })), { code: 'render-closed' });
  });
});
