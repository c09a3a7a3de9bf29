import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { DESKTOP, openPage, PHONE, type TestPage } from '../../server/test/chromium.ts';
import { buildDesigner } from '../test/build-designer.ts';
import { startFakeApi, type FakeApi } from '../test/fake-api.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The screen asks the server for nothing but the session, so the fake API stands for it. */
describe('the screen «Выражения»', function () {
  this.timeout(120_000);
  let api: FakeApi;
  let opened: TestPage;
  let page: Page;

  before('build the designer', async () => {
    api = await startFakeApi(await buildDesigner());
  });
  after(() => api.close());
  afterEach(async () => {
    await opened.close();
    // A violated content security policy stands here too.
    assert.deepEqual(opened.errors, []);
  });

  async function open(size: 'desktop' | 'phone', path = '/expressions', username = 'boris'): Promise<void> {
    opened = await openPage(size === 'phone' ? { ...PHONE, hasTouch: true, isMobile: true } : DESKTOP);
    page = opened.page;
    page.setDefaultTimeout(30_000);
    await opened.context.request.post(`${api.url}/api/session`, { data: { username, password: 'demo' } });
    await page.goto(api.url + path);
  }

  /** No serious accessibility finding, nothing wider than the screen. */
  async function check(name: string): Promise<void> {
    await page.evaluate(AXE);
    const found = await page.evaluate<readonly string[]>(`axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`);
    assert.deepEqual(found, [], name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is too wide`);
  }

  it('is used by keyboard alone: completion, result, a misspelt name and its mending', async () => {
    await open('desktop');
    await page.getByRole('textbox', { name: 'Выражение' }).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('working time after');
    await page.getByRole('option', { name: /working time after/ }).waitFor();
    // CodeMirror takes no key in the first 75 ms, lest a word that is typed on accepts something.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await page.keyboard.type('recievedAt');
    await page.keyboard.press('Tab');
    await page.keyboard.type('"8WH"');
    await page.keyboard.press('Tab');
    await page.keyboard.type('"ru-office"');
    await page.getByText('Переменной «recievedAt» здесь нет').waitFor();
    await check('expressions-unknown-name');
    await page.keyboard.press('Alt+Enter');
    const result = page.getByRole('region', { name: 'Результат' });
    await result.getByText('2026-11-30T16:30:00+03:00').waitFor();
    await result.getByText('дата и время').waitFor();
    await check('expressions');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    const outside = await page.evaluate<boolean>("document.activeElement.closest('.cm-editor') === null");
    assert.equal(outside, true);
  });

  it('keeps what was written, says where variables are no JSON, and shows warnings with their places', async () => {
    await open('desktop', '/expressions?e=amount+%2B+weather&v=%7B%22amount%22%3A1%7D');
    await page.getByText('Переменной «weather» нет, взято null').waitFor();
    // The result may be there before the editor.
    await page.getByRole('textbox', { name: 'Выражение' }).getByText('weather').waitFor();
    await page.getByRole('button', { name: 'строка 1, знак 10' }).click();
    // The editor takes the selection over with its next frame.
    await page.waitForFunction(() => getSelection()?.toString() === 'weather');
    await page.getByRole('textbox', { name: 'Переменные для пробы' }).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(',');
    await page.getByText('Это не JSON: строка 1, знак 13').waitFor();
    await page.getByText('Результат появится, когда переменные снова станут читаться').waitFor();
    await check('expressions-not-json');
    await page.waitForTimeout(500);
    await page.goto(`${api.url}/expressions`);
    await page.getByRole('textbox', { name: 'Выражение' }).getByText('amount + weather').waitFor();
  });

  it('inserts a function found by what it does, takes examples, and fits a phone', async () => {
    await open('phone');
    await page.getByRole('button', { name: 'Примеры' }).click();
    await page.getByRole('menuitem', { name: 'Сумма прописью' }).click();
    const result = page.getByRole('region', { name: 'Результат' });
    await result.getByText('Девять тысяч шестьсот семьдесят два рубля 65 копеек').waitFor();
    await check('expressions');
    await page.getByRole('textbox', { name: 'Выражение' }).focus();
    await page.keyboard.press('Control+a');
    await page.getByLabel('Найти функцию').fill('контрольная ОГРН');
    await page.getByRole('button', { name: /Вставить is valid ogrn\(/ }).click();
    await page.getByRole('textbox', { name: 'Выражение' }).getByText('is valid ogrn').waitFor();
    await page.getByRole('tab', { name: 'Памятка' }).click();
    await check('expressions-memo');
  });

  it('is not for those who may not deploy', async () => {
    await open('desktop', '/expressions', 'vera');
    await page.getByText('Нет доступа').first().waitFor();
    await check('expressions-forbidden');
  });
});
