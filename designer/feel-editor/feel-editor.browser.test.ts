import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { openPage, type TestPage } from '../../server/test/chromium.ts';
import { becomes } from '../../server/test/until.ts';
import { serveFormPage, type FormServer } from '../form-viewer/test/form-server.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('FeelEditor and ConditionBuilder', function () {
  this.timeout(120_000);
  let server: FormServer;
  let opened: TestPage;
  let page: Page;

  before(async () => {
    server = await serveFormPage(new URL('./test/editor-page.tsx', import.meta.url));
  });
  after(() => server.close());
  beforeEach(() => open());
  afterEach(async () => {
    // A violated content security policy stands here too.
    assert.deepEqual(opened.errors, []);
    await opened.close();
  });

  async function open(search = ''): Promise<void> {
    opened = await openPage({ width: 1000, height: 1000 });
    page = opened.page;
    page.setDefaultTimeout(30_000);
    await page.goto(server.url + search);
    await page.getByRole('textbox', { name: 'Показывать, если' }).waitFor();
  }

  const told = (): Promise<Record<string, string>> =>
    page.evaluate(() => (window as unknown as { told: Record<string, string> }).told);

  async function write(name: string, text: string): Promise<void> {
    await page.getByRole('textbox', { name }).focus();
    await page.keyboard.type(text);
  }

  it('completes a name of several words with its parameters, and tells what it does', async () => {
    await write('Значение', 'working ti');
    const option = page.getByRole('option', { name: /working time after/ });
    await option.waitFor();
    await page.getByText('Момент, когда с начала пройдёт столько рабочего времени').waitFor();
    // CodeMirror takes no key in the first 75 ms, lest a word that is typed on accepts something.
    await page.waitForTimeout(120);
    await page.keyboard.press('Enter');
    await page.keyboard.type('now()');
    await page.keyboard.press('Tab');
    await page.keyboard.type('"4WH"');
    await page.keyboard.press('Tab');
    await page.keyboard.type('"ru-office"');
    await becomes(async () => (await told()).value, 'working time after(now(), "4WH", "ru-office")');
  });

  it('styles itself under the strict policy', async () => {
    await write('Значение', 'amount > 5');
    const colour = (part: string): Promise<string> =>
      page
        .locator(part)
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    assert.notEqual(await colour('.cm-feel-number'), await colour('.cm-content'));
    assert.equal(await page.locator('style').count(), 0, 'no style element, which the policy would refuse');
  });

  it('says that a name is unknown and mends it by Alt+Enter', async () => {
    await write('Показывать, если', 'amout > 5');
    await page.getByText('Переменной «amout» здесь нет').waitFor();
    await page.keyboard.press('Alt+Enter');
    await becomes(async () => (await told()).condition, 'amount > 5');
    await page.getByText('Переменной «amout» здесь нет').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await becomes(async () => (await told()).condition, 'amout > 5');
  });

  it('says that the result is not what the place takes', async () => {
    await write('Показывать, если', 'amount + 1');
    await page.getByText('Здесь нужно: да/нет, а получается: число').waitFor();
  });

  it('is left by Escape and Tab, keeps one line in one line, and several in several', async () => {
    await write('Показывать, если', 'amount >');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'После');
    await becomes(async () => (await told()).condition, 'amount >');
    await write('Значение', '1 +');
    await page.keyboard.press('Enter');
    await page.keyboard.type('2');
    await becomes(async () => (await told()).value, '1 +\n2');
  });

  it('builds a condition from lines and shows it as a sentence', async () => {
    await page.getByRole('button', { name: 'Добавить условие' }).click();
    await page.getByText('Заполните строку').waitFor();
    const first = page.getByRole('group', { name: 'Условие 1' });
    await first.getByLabel('Значение').click();
    await page.getByRole('option', { name: 'Недовоз' }).click();
    await page.getByRole('button', { name: 'Добавить условие' }).click();
    const second = page.getByRole('group', { name: 'Условие 2' });
    await second.getByLabel('Поле').click();
    await page.getByRole('option', { name: 'Сумма требования' }).click();
    await second.getByLabel('Сравнение').click();
    await page.getByRole('option', { name: 'не меньше' }).click();
    await second.getByLabel('Значение').fill('9672,65');
    await becomes(async () => (await told()).text, 'topic = "Недовоз" and amount >= 967265');
    await page.getByText('Показывать, если Тип = Недовоз и Сумма требования ≥ 9 672,65 ₽').waitFor();
  });

  it('shows FEEL that is no lines as FEEL, with the reason, and comes back', async () => {
    await page.getByText('FEEL', { exact: true }).click();
    await write('Условие', 'amount * 2 > 100');
    await page.getByText('«amount * 2 > 100» сложнее').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('amount > 100');
    await page.getByText('По строкам').click();
    await becomes(() => page.getByRole('group', { name: 'Условие 1' }).getByLabel('Значение').inputValue(), '1,00');
  });

  for (const scheme of ['light', 'dark']) {
    it(`has no serious finding of axe in ${scheme}`, async () => {
      await opened.close();
      await open(`?scheme=${scheme}`);
      await write('Показывать, если', 'amout > 5 and topic = "Недовос" and claim.номер акта != null');
      await page.getByText('Переменной «amout» здесь нет').waitFor();
      await page.getByRole('button', { name: 'Добавить условие' }).click();
      await write('Значение', 'dat');
      await page.getByRole('listbox').waitFor();
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { violations } = await (
          window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
          }
        ).axe.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      });
      assert.deepEqual(found, []);
    });
  }
});
