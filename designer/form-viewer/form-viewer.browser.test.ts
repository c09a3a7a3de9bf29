import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { readForm, standaloneValidator, type FormError } from '#engine';
import { openPage, PHONE, type PageOptions, type TestPage } from '../../server/test/chromium.ts';
import { becomes } from '../../server/test/until.ts';
import { serveFormPage, type FormServer } from './test/form-server.ts';

const definition: unknown = JSON.parse(
  readFileSync(new URL('../../engine/forms/test/classify-claim.form.json', import.meta.url), 'utf8'),
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A photo that Chromium can really draw: 1 × 1 px. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const STORED = { channel: 'mail', clientName: 'Иванов Пётр Сергеевич', email: 'ivanov@example.ru' };

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe('FormViewer', () => {
  let server: FormServer;

  before(async function () {
    this.timeout(120_000);
    server = await serveFormPage(new URL('./test/form-page.tsx', import.meta.url));
    server.documents.set('validator.mjs', { type: 'text/javascript', body: standaloneValidator(readForm(definition)) });
  });

  after(() => server.close());

  async function open(setup: object = {}, options: PageOptions = {}): Promise<TestPage> {
    const whole = { definition, language: 'ru', now: Date.UTC(2026, 10, 21, 9), stored: STORED, ...setup };
    server.documents.set('setup.json', { type: 'application/json', body: JSON.stringify(whole) });
    const opened = await openPage(options);
    opened.page.setDefaultTimeout(30_000);
    await opened.page.goto(server.url);
    await opened.page.waitForSelector('form');
    return opened;
  }

  it('is filled with the keyboard alone and submits what the server would accept', async () => {
    const { page, errors, close } = await open();
    await page.getByLabel('Имя или название').focus();
    await press(page, 'Tab', 'Space', 'ArrowRight');
    assert.equal(await page.getByRole('radio', { name: 'Организация' }).isChecked(), true);
    await press(page, 'Tab');
    await page.keyboard.type('89123456789');
    await becomes(() => page.getByLabel('Телефон').inputValue(), '+7 912 345-67-89');
    await chooseByKeys(page, 'Тема', 'Нарушены правила эксплуатации');
    await becomes(() => page.getByRole('combobox', { name: 'Тема' }).inputValue(), 'Нарушены правила эксплуатации');
    await chooseByKeys(page, 'Требование', 'Возврат денег');
    const amount = page.getByLabel('Сумма требования');
    await amount.waitFor();
    await amount.focus();
    await page.keyboard.type('9672,65');
    await press(page, 'Tab');
    await becomes(() => amount.inputValue(), '9\u00a0672,65');
    await page.getByRole('radio', { name: 'Да' }).focus();
    await press(page, 'Space', 'ArrowRight');
    await page.getByRole('combobox', { name: 'Ответственный' }).focus();
    await page.keyboard.type('сидор');
    await page.getByRole('option', { name: 'Сидоров Игорь' }).waitFor();
    await press(page, 'ArrowDown', 'Enter');
    await becomes(() => page.getByRole('combobox', { name: 'Ответственный' }).inputValue(), 'Сидоров Игорь');
    await page.keyboard.press('Enter');
    assert.equal(await told(page, 'submitted'), undefined, 'Enter alone must not complete a task');
    await page.keyboard.press('Control+Enter');
    await becomes(() => told(page, 'submitted'), {
      ...STORED,
      clientKind: 'b2b',
      phone: '+79123456789',
      topic: 'misuse',
      demand: 'refund',
      amount: 967265,
      isClaim: false,
      priority: 'normal',
      assignee: 'sidorov',
      urgent: false,
    });
    assert.deepEqual(errors, []);
    await close();
  });

  it('lists what is wrong with links, focuses the first field and keeps up with corrections', async () => {
    const { page, errors, close } = await open();
    await page.getByRole('button', { name: 'Отправить на разбор' }).click();
    await page.getByText('Исправьте 5 полей').waitFor();
    await focusIsIn(page, 'clientKind');
    const topic = page.getByRole('combobox', { name: 'Тема' });
    assert.equal(await topic.getAttribute('aria-invalid'), 'true');
    const describedBy = (await topic.getAttribute('aria-describedby'))!.trim().split(/\s+/)[0];
    assert.equal(await page.locator(`[id="${describedBy}"]`).textContent(), 'Выберите: «Тема».');
    await page.getByRole('link', { name: '«Тема»' }).click();
    await focusIsIn(page, 'topic');
    await choose(page, 'Тема', 'Доставка');
    await page.getByText('Исправьте 4 поля').waitFor();
    assert.equal(await topic.getAttribute('aria-invalid'), null);
    assert.equal(await told(page, 'submitted'), undefined);
    assert.deepEqual(errors, []);
    await close();
  });

  it('shows, requires and hides by rules, and asks for the date in a calendar', async () => {
    const { page, errors, close } = await open();
    const date = page.locator('[data-field=purchaseDate] input');
    assert.equal(await date.count(), 0);
    await choose(page, 'Тема', 'Подозрение на брак');
    await date.fill('31.02.2026');
    await page.keyboard.press('Tab');
    await page.getByText('«Дата покупки»: такой даты нет.').waitFor();
    await date.fill('22.11.26');
    await page.keyboard.press('Tab');
    await page.getByText('Дата покупки не может быть в будущем.').waitFor();
    await becomes(() => date.inputValue(), '22\u00a0ноя\u00a02026');
    await page.getByRole('button', { name: 'Открыть календарь: Дата покупки' }).click();
    await page.getByRole('button', { name: '16 ноября 2026' }).click();
    await becomes(() => date.inputValue(), '16\u00a0ноя\u00a02026');
    await page.getByText('Дата покупки не может быть в будущем.').waitFor({ state: 'detached' });
    assert.equal(await date.getAttribute('aria-required'), 'false');
    await page.getByRole('radio', { name: 'Частное лицо' }).check();
    assert.equal(await date.getAttribute('aria-required'), 'true');
    await choose(page, 'Тема', 'Доставка');
    await date.waitFor({ state: 'detached' });
    // A hidden value stays in the draft.
    await becomes(async () => (await told(page, 'draft'))?.['purchaseDate'], '2026-11-16');
    assert.deepEqual(errors, []);
    await close();
  });

  it('uploads files with retry, refuses what the form does not take and undoes a removal', async () => {
    const { page, errors, close } = await open();
    const input = page.locator('[data-field=photos] input[type=file]').first();
    server.uploadsFail = true;
    await input.setInputFiles([
      { name: 'дверь.png', mimeType: 'image/png', buffer: PNG },
      { name: 'схема.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ]);
    await page.getByText('Файл такого вида приложить нельзя: JPG, PNG, WEBP, HEIC').waitFor();
    await page.getByText('Не загрузилось. Проверьте связь и повторите.').waitFor();
    await page.getByRole('button', { name: 'Отправить на разбор' }).click();
    await page.getByRole('link', { name: 'файл не загрузился' }).waitFor();
    server.uploadsFail = false;
    await page.getByRole('button', { name: 'Повторить загрузку: дверь.png' }).click();
    await page.getByRole('link', { name: 'Открыть: дверь.png' }).waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('[data-field=photos] img')?.naturalWidth === 1,
    );
    const photos = (await told(page, 'draft'))?.['photos'] as readonly { name: string; sha256: string }[];
    assert.deepEqual([photos.length, photos[0]?.name, photos[0]?.sha256.length], [1, 'дверь.png', 64]);
    await page.getByRole('button', { name: 'Убрать: дверь.png' }).click();
    await becomes(async () => (await told(page, 'draft'))?.['photos'], null);
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await page.getByRole('link', { name: 'Открыть: дверь.png' }).waitFor();
    const expected = /Failed to load resource: the server responded with a status of 503/;
    assert.deepEqual(
      errors.filter((error) => !expected.test(error)),
      [],
    );
    await close();
  });

  it('shows what the server refused, at the field, until it is changed', async () => {
    const refusal: readonly FormError[] = [
      {
        path: '/assignee',
        keyword: 'options',
        params: {},
        message: 'Петрова в отпуске до 30 ноября, выберите другого.',
      },
    ];
    const stored = {
      ...STORED,
      clientKind: 'b2b',
      topic: 'delivery',
      demand: 'replace',
      isClaim: true,
      assignee: 'petrova',
    };
    const { page, close } = await open({ stored, refusal });
    await page.getByRole('button', { name: 'Отправить на разбор' }).click();
    await page.getByRole('link', { name: /Петрова в отпуске/ }).waitFor();
    await focusIsIn(page, 'assignee');
    await choose(page, 'Ответственный', 'Кузнецов Олег');
    await page.getByRole('link', { name: /Петрова в отпуске/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Отправить на разбор' }).click();
    await becomes(async () => (await told(page, 'submitted'))?.['assignee'], 'kuznetsov');
    await close();
  });

  it('shows values it may not change as text', async () => {
    const stored = {
      ...STORED,
      topic: 'defect',
      demand: 'refund',
      amount: 967265,
      purchaseDate: '2026-11-16',
      isClaim: true,
      assignee: 'petrova',
    };
    const { page, errors, close } = await open({ stored, readOnly: true });
    for (const text of ['9\u00a0672,65\u00a0₽', '16\u00a0ноя\u00a02026', 'Петрова Анна', 'Подозрение на брак'])
      await page.getByText(text, { exact: true }).waitFor();
    assert.equal(await page.locator('input:visible, textarea:visible, button:visible').count(), 0);
    assert.deepEqual(errors, []);
    await close();
  });

  for (const [screen, options] of [
    ['1440 px', {}],
    ['a phone', { ...PHONE, hasTouch: true, isMobile: true }],
  ] as const) {
    it(`has nothing axe calls serious, neither empty nor full of errors, on ${screen}`, async () => {
      const { page, errors, close } = await open({}, options);
      assert.deepEqual(await seriousFindings(page), []);
      await choose(page, 'Тема', 'Подозрение на брак');
      await page.getByRole('button', { name: 'Отправить на разбор' }).click();
      await page.getByText(/^Исправьте/).waitFor();
      await page
        .locator('[data-field=photos] input[type=file]')
        .first()
        .setInputFiles([{ name: 'дверь.png', mimeType: 'image/png', buffer: PNG }]);
      await page.getByRole('link', { name: 'Открыть: дверь.png' }).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      assert.deepEqual(errors, []);
      await close();
    });
  }

  it('on a phone: one column, targets of 44 px, the system calendar and the camera', async () => {
    const { page, errors, close } = await open({}, { ...PHONE, hasTouch: true, isMobile: true });
    await choose(page, 'Тема', 'Подозрение на брак');
    assert.equal(await page.getByLabel('Дата покупки').getAttribute('type'), 'date');
    assert.equal(await page.getByRole('button', { name: 'Снять фото' }).count(), 1);
    assert.equal(await page.locator('input[capture=environment]').count(), 1);
    const small =
      await page.evaluate(`[...document.querySelectorAll('form input:not([type=radio]):not([type=checkbox]):not([hidden]), form label:has([type=radio]), form button')]
      .filter((element) => element.offsetParent && getComputedStyle(element).pointerEvents !== 'none' && element.tabIndex !== -1 | element.matches('label'))
      .map((element) => [element.id || element.textContent, element.getBoundingClientRect().height]).filter(([, height]) => height < 44)`);
    assert.deepEqual(small, []);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, 'nothing sticks out sideways');
    assert.deepEqual(errors, []);
    await close();
  });

  it('speaks English when asked to', async () => {
    const { page, close } = await open({ language: 'en' });
    await page.getByRole('button', { name: 'Send for examination' }).click();
    await page.getByText('Correct 5 fields').waitFor();
    assert.doesNotMatch(await page.locator('form').innerText(), /[А-Яа-яЁё]/);
    await close();
  });
});

/** Waits for the focus: it follows the drawing of the errors by a frame. */
async function focusIsIn(page: Page, name: string): Promise<void> {
  await page.locator(`[data-field=${name}] :focus`).waitFor();
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Like a person: opens the list, looks, and moves until the wanted option is marked. Keys sent blindly outrun the opening. */
async function chooseByKeys(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: option }).waitFor();
  const marked = page.locator('[data-combobox-selected]', { hasText: option });
  for (let tries = 0; tries < 12 && !(await marked.isVisible()); tries += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

async function told(page: Page, what: 'submitted' | 'draft'): Promise<Readonly<Record<string, unknown>> | undefined> {
  return page.evaluate<Readonly<Record<string, unknown>> | undefined>(`window.told.${what}`);
}

async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: readonly AxeViolation[] }>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
