import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { readForm, standaloneValidator, type FormError, type JsonValue } from '#engine';
import { openPage, PHONE, type PageOptions, type TestPage } from '../../server/test/chromium.ts';
import { becomes } from '../../server/test/until.ts';
import { serveFormPage, type FormServer } from './test/form-server.ts';

const definition: unknown = JSON.parse(
  readFileSync(new URL('../../engine/forms/test/visit-report.form.json', import.meta.url), 'utf8'),
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HAND = { ...PHONE, hasTouch: true, isMobile: true };
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    rowId: `r${at + 1}`,
    part: `Деталь ${at + 1}`,
    kind: 'part',
    qty: 1,
    price: 10000,
  }));

type Row = Readonly<Record<string, JsonValue>>;

describe('FormViewer with steps and a table', function () {
  this.timeout(120_000);
  let server: FormServer;

  before(async () => {
    server = await serveFormPage(new URL('./test/form-page.tsx', import.meta.url));
    server.documents.set('validator.mjs', { type: 'text/javascript', body: standaloneValidator(readForm(definition)) });
  });

  after(() => server.close());

  async function open(setup: object = {}, options: PageOptions = {}): Promise<TestPage> {
    const whole = { definition, language: 'ru', now: Date.UTC(2026, 10, 21, 9), stored: {}, ...setup };
    server.documents.set('setup.json', { type: 'application/json', body: JSON.stringify(whole) });
    const opened = await openPage(options);
    opened.page.setDefaultTimeout(30_000);
    await opened.page.goto(server.url);
    await opened.page.waitForSelector('form');
    return opened;
  }

  it('goes on only from a right step, skips the one a rule takes away and sends from the last', async () => {
    const { page, errors, close } = await open();
    assert.equal(
      await page.getByRole('button', { name: 'Отправить на разбор' }).count(),
      0,
      'nothing is sent from the first step',
    );
    await next(page);
    await page.getByText('Исправьте 1 поле').waitFor();
    await page.getByRole('radio', { name: 'Отказ' }).check();
    await page.getByLabel('Почему отказ').fill('Никого не было дома');
    await page.getByText(/^Исправьте/).waitFor({ state: 'detached' });
    await next(page);
    await title(page, 'Подпись');
    await page.getByLabel('Кто принял').fill('Иванов');
    await next(page);
    await title(page, 'Проверьте и отправьте');
    await page.getByText('Никого не было дома').waitFor();
    await page.getByRole('button', { name: 'Изменить: Итог выезда' }).click();
    await title(page, 'Итог выезда');
    await page.getByRole('radio', { name: 'Выполнено' }).check();
    await next(page);
    await title(page, 'Работы и детали');
    await page.getByRole('button', { name: 'Подпись' }).click();
    await title(page, 'Подпись');
    await next(page);
    await page.getByRole('button', { name: 'Отправить на разбор' }).click();
    await page.getByRole('link', { name: 'Добавьте хотя бы одну строку: «Работы».' }).click();
    await title(page, 'Работы и детали');
    await focusIs(page, 'Добавить работу');
    assert.deepEqual(errors, []);
    await close();
  });

  it('is filled with the keyboard: Enter adds a row and goes down, arrows move, sums follow', async () => {
    const { page, errors, close } = await openTable([]);
    await page.getByRole('button', { name: 'Добавить работу' }).click();
    await focusIs(page, 'Деталь или работа, строка 1');
    await type(page, 'Петля', 'Tab', 'Tab');
    await focusIs(page, 'Кол-во, строка 1');
    await type(page, '4', 'ArrowRight', '25,5');
    await page.getByText('102,00\u00a0₽').first().waitFor();
    await type(page, 'Enter');
    await focusIs(page, 'Деталь или работа, строка 2');
    await type(page, 'Болт', 'ArrowUp');
    await focusIs(page, 'Деталь или работа, строка 1');
    await type(page, 'ArrowDown', 'ArrowRight', 'ArrowRight');
    await focusIs(page, 'Кол-во, строка 2');
    await type(page, '2', 'Tab', '1000');
    await page.locator('tfoot').getByText('2\u00a0102,00\u00a0₽').waitFor();
    await next(page);
    await next(page);
    await page.getByRole('button', { name: 'Отправить на разбор' }).waitFor();
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(without(await submitted(page)), [
      { part: 'Петля', kind: 'part', qty: 4, price: 2550, sum: 10200, share: 5 },
      { part: 'Болт', kind: 'part', qty: 2, price: 100000, sum: 200000, share: 95 },
    ]);
    assert.deepEqual(errors, []);
    await close();
  });

  it('duplicates and deletes with a way back, and what was typed elsewhere stays', async () => {
    const { page, errors, close } = await openTable(rows(3));
    await page.getByRole('button', { name: 'Удалить строку 2' }).click();
    await page.getByText('Строка 2 удалена').waitFor();
    await becomes(() => parts(page), ['Деталь 1', 'Деталь 3']);
    await page.getByLabel('Деталь или работа, строка 2').fill('Третья');
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await becomes(() => parts(page), ['Деталь 1', 'Деталь 2', 'Третья']);
    await page.getByRole('button', { name: 'Повторить строку 1' }).click();
    await becomes(() => parts(page), ['Деталь 1', 'Деталь 1', 'Деталь 2', 'Третья']);
    assert.deepEqual(errors, []);
    await close();
  });

  it('takes what Excel copied after showing what it would do', async () => {
    const { page, errors, close } = await openTable(rows(1));
    await page.getByLabel('Деталь или работа, строка 1').focus();
    await paste(page, 'Петля\tработа\t\t120,50\nБолт\tпрочее\tмного\t5');
    await page.getByText('Строк: 2. Столбцы: Деталь или работа, Вид, Кол-во, Цена.').waitFor();
    await page.getByText('строка 2, «Кол-во»: много').waitFor();
    await page.getByRole('button', { name: 'Вставить, строк: 2' }).click();
    await page.getByText('Вставлено строк: 2').waitFor();
    await becomes(() => parts(page), ['Петля', 'Болт']);
    await becomes(() => page.getByLabel('Цена, строка 1').inputValue(), '120,50');
    // Nothing pasted is lost.
    await becomes(() => page.getByLabel('Кол-во, строка 2').inputValue(), 'много');
    await next(page);
    await page.getByRole('link', { name: '«Работы, строка 2: Кол-во»: нужно целое число.' }).click();
    await focusIs(page, 'Кол-во, строка 2');
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await becomes(() => parts(page), ['Деталь 1']);
    assert.deepEqual(errors, []);
    await close();
  });

  it('draws only the rows in sight of a long table and leads to the one that is wrong', async () => {
    const long = rows(200).map((row, at) => (at === 180 ? { ...row, part: null } : row));
    const { page, errors, close } = await openTable(long);
    assert.ok((await page.locator('tbody tr[data-index]').count()) < 60, 'all rows are drawn');
    await next(page);
    await page.getByRole('link', { name: 'Заполните поле «Работы, строка 181: Деталь или работа».' }).click();
    await focusIs(page, 'Деталь или работа, строка 181');
    await page.locator('tfoot').getByText('20\u00a0000,00\u00a0₽').waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  it('a photo in a cell goes its way, and the cell says what is wrong with its own words', async () => {
    const { page, errors, close } = await openTable(rows(2));
    await page.getByLabel('Кол-во, строка 2').fill('0');
    await page.keyboard.press('Tab');
    await page.getByText('Не меньше 1.').waitFor();
    await page.getByRole('button', { name: /^Фото, строка 1/ }).click();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([{ name: 'дверь.png', mimeType: 'image/png', buffer: Buffer.from('x') }]);
    await page.getByRole('link', { name: 'Открыть: дверь.png' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Фото, строка 1: дверь\.png/ }).waitFor();
    assert.deepEqual(
      errors.filter((error) => !error.includes('img')),
      [],
    );
    await close();
  });

  it('on a phone rows are cards: opened to be filled, closed to what they hold', async () => {
    const { page, errors, close } = await openTable(rows(2), HAND);
    assert.equal(await page.locator('table').count(), 0);
    await page.getByRole('button', { name: 'Добавить работу' }).click();
    await page.getByLabel('Деталь или работа').fill('Насос');
    await page.getByLabel('Кол-во').fill('2');
    await page.getByLabel('Цена').fill('300');
    await page.getByText('800,00\u00a0₽').first().waitFor();
    await page.getByRole('button', { name: /Насос/ }).click();
    assert.equal(await page.getByLabel('Цена').count(), 0, 'the card is closed');
    await page.getByText('Насос · Деталь · 2 · 300,00 · 600,00 · 75').waitFor();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, 'nothing sticks out sideways');
    assert.deepEqual(errors, []);
    await close();
  });

  it('shows a table that may not be changed as text', async () => {
    const stored = { result: 'done', works: rows(2), signedBy: 'Иванов' };
    const { page, errors, close } = await open({ stored, readOnly: true });
    await page.getByText('Деталь 2').waitFor();
    await page.locator('tfoot').getByText('200,00\u00a0₽').waitFor();
    assert.equal(await page.locator('input:visible, select:visible, textarea:visible, button:visible').count(), 0);
    assert.deepEqual(errors, []);
    await close();
  });

  for (const [screen, options] of [
    ['1440 px', {}],
    ['a phone', HAND],
  ] as const) {
    it(`has nothing axe calls serious on ${screen}: empty, filled, wrong, and checked`, async () => {
      const { page, errors, close } = await openTable([], options);
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole('button', { name: 'Добавить работу' }).click();
      await next(page);
      await page.getByText(/^Исправьте/).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await close();
      const filled = await openTable(rows(3), options);
      await next(filled.page);
      await next(filled.page);
      await title(filled.page, 'Проверьте и отправьте');
      assert.deepEqual(await seriousFindings(filled.page), []);
      assert.deepEqual([...errors, ...filled.errors], []);
      await filled.close();
    });
  }

  it('speaks English when asked to', async () => {
    const refusal: readonly FormError[] = [];
    const { page, close } = await open({ language: 'en', stored: { result: 'done' }, refusal });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Add a work' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Fill in “Works, row 1: Part or work”.').waitFor();
    assert.doesNotMatch(await page.locator('form').innerText(), /[А-Яа-яЁё]/);
    await close();
  });

  async function openTable(works: readonly object[], options: PageOptions = {}): Promise<TestPage> {
    const opened = await open({ stored: { result: 'done', ...(works.length > 0 && { works }) } }, options);
    await next(opened.page);
    await title(opened.page, 'Работы и детали');
    return opened;
  }
});

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Далее' }).click();
}

async function title(page: Page, text: string): Promise<void> {
  await page.getByRole('heading', { name: text, level: 2 }).waitFor();
}

/** Keys by their names, anything else is typed. */
async function type(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (/^(Tab|Enter|Arrow\w+)$/.test(key)) await page.keyboard.press(key);
    else await page.keyboard.type(key);
  }
}

async function focusIs(page: Page, name: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const { activeElement: focused } = document;
    return focused?.getAttribute('aria-label') === wanted || focused?.textContent === wanted;
  }, name);
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', copied);
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

async function parts(page: Page): Promise<readonly string[]> {
  return page
    .locator('input[aria-label^="Деталь или работа"]')
    .evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value));
}

async function submitted(page: Page): Promise<readonly Row[]> {
  await page.waitForFunction(() => 'submitted' in (globalThis as unknown as { told: object }).told);
  return page.evaluate<readonly Row[]>('window.told.submitted.works');
}

function without(list: readonly Row[]): readonly Row[] {
  return list.map(({ rowId: _, ...values }) => values);
}

async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{
    violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
  }>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
