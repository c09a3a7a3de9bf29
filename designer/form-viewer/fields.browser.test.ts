import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { readForm, standaloneValidator, type VariableMap } from '#engine';
import { openPage, PHONE, type PageOptions, type TestPage } from '../../server/test/chromium.ts';
import { becomes, until } from '../../server/test/until.ts';
import { exifSegment } from './test/exif-segment.ts';
import { serveFormPage, type FormServer } from './test/form-server.ts';
import { qrVideo } from './test/qr-video.ts';

const definition: unknown = JSON.parse(
  readFileSync(new URL('../../engine/forms/test/field-gallery.form.json', import.meta.url), 'utf8'),
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIN = 'XTA210990Y2765499';
/** What a mail may bring: two things that must never run or be followed, and a table. */
const LETTER =
  '<h1>Здравствуйте</h1><p onclick="window.hacked=1">Дверь <b>не закрывается</b><script>window.hacked=1</script> ' +
  '<a href="javascript:window.hacked=1">раз</a> <a href="https://example.ru/">два</a></p><img src=x onerror="window.hacked=1">' +
  '<iframe src="https://example.ru/"></iframe><table><tr><td>А-1</td></tr></table>';

describe('kinds of field in the browser', function () {
  this.timeout(120_000);
  let server: FormServer;
  let folder: string;
  let camera: readonly string[];
  before(async () => {
    server = await serveFormPage(new URL('./test/form-page.tsx', import.meta.url));
    server.documents.set('validator.mjs', { type: 'text/javascript', body: standaloneValidator(readForm(definition)) });
    folder = mkdtempSync(join(tmpdir(), 'reglament-camera-'));
    writeFileSync(join(folder, 'vin.y4m'), qrVideo(VIN));
    camera = [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${join(folder, 'vin.y4m')}`,
    ];
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(setup: object = {}, options: PageOptions = {}, prepare?: (page: Page) => Promise<unknown>) {
    const whole = { definition, language: 'ru', now: Date.UTC(2026, 10, 28, 9), stored: { letter: LETTER }, ...setup };
    server.documents.set('setup.json', { type: 'application/json', body: JSON.stringify(whole) });
    const opened: TestPage = await openPage(options);
    opened.page.setDefaultTimeout(30_000);
    await prepare?.(opened.page);
    await opened.page.goto(server.url);
    await opened.page.waitForSelector('form');
    return opened;
  }

  it('takes what people type and paste, shows it in one form and sends what is stored', async () => {
    const { page, errors, close } = await open({}, { timezoneId: 'Asia/Yekaterinburg' });
    const type = async (label: string, text: string, shown: string): Promise<void> => {
      const input = labelled(page, label);
      await input.fill(text);
      await input.blur();
      assert.equal((await input.inputValue()).replace(/\u00a0/g, ' '), shown, label);
    };
    await type('ИНН', 'ИНН 7707 083 893', '7707083893');
    await type('КПП', '7736 01 001', '773601001');
    await type('БИК банка', '044525225', '044525225');
    await type('Расчётный счёт', '40702810200000000001', '40702 810 2 0000 0000001');
    await type('Адрес выезда', 'Москва,  Вавилова 19', 'Москва,  Вавилова 19');
    await type('VIN', 'хта210990y2765499', VIN);
    await type('Доля завода', '12,5 %', '12,5');
    await type('Время приезда', '905', '09:05');
    await type('Начало работ', '28.11.2026 14:30', '28 ноя 2026, 14:30');
    await type('Расчётный месяц', '11.2026', 'ноябрь 2026');
    await type('Минуты', '90', '30');
    await becomes(() => page.getByLabel('Часы').inputValue(), '1');
    await page.getByText('2 ч 30 мин').waitFor();
    await page.getByText('по вашему времени (UTC+05:00)').waitFor();
    await type('Широта', '55.751244, 37.618423', '55,751244');
    await page.getByRole('button', { name: 'Принять работу' }).click();
    await becomes(() => told(page, 'submitted'), {
      inn: '7707083893',
      kpp: '773601001',
      bik: '044525225',
      account: '40702810200000000001',
      address: 'Москва, Вавилова 19',
      vin: VIN,
      share: 12.5,
      arrival: '09:05:00',
      visitAt: '2026-11-28T14:30:00+05:00',
      period: '2026-11',
      labour: 'PT1H30M',
      labourLimit: 'PT2H30M',
      place: { lat: 55.751244, lon: 37.618423 },
      outcome: 'accept',
    });
    assert.deepEqual(errors, []);
    await close();
  });

  it('says what is wrong with a number, and judges the account again when its bank changes', async () => {
    const { page, errors, close } = await open();
    await leave(page, 'ИНН', '500100732258');
    await page.getByText('контрольная сумма ИНН не сходится, проверьте последние две цифры.').waitFor();
    await leave(page, 'Расчётный счёт', '40702810200000000001');
    await leave(page, 'БИК банка', '044525974');
    await page.getByText('счёт не подходит к банку с БИК 044525974').waitFor();
    await leave(page, 'БИК банка', '044525225');
    await page.getByText('счёт не подходит к банку').waitFor({ state: 'detached' });
    assert.equal(await labelled(page, 'ИНН').getAttribute('inputmode'), 'numeric');
    assert.deepEqual(errors, []);
    await close();
  });

  it('draws rich text without running, loading or following anything in it', async () => {
    const { page, errors, close } = await open({ draft: { report: '<img src=x onerror=alert(1)> **жирно**' } });
    const letter = page.locator('[data-field=letter]');
    await letter.getByText('не закрывается').waitFor();
    assert.deepEqual(await letter.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), [
      'https://example.ru/',
    ]);
    assert.equal(await letter.locator('img, iframe, script, [onclick], [style]').count(), 0);
    assert.equal(await letter.locator('td').innerText(), 'А-1');
    await page.getByText('Просмотр').click();
    assert.equal(await page.locator('[data-field=report] strong').innerText(), 'жирно');
    assert.equal(await page.locator('[data-field=report] img').count(), 0);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.deepEqual(errors, []);
    await close();
  });

  it('a signature is drawn, confirmed, stored as a PNG, shown and made anew', async () => {
    const { page, errors, close } = await open();
    await leave(page, 'ИНН', '7707083893');
    const sign = async (): Promise<void> => {
      const paper = page.locator('[data-field=signature] canvas');
      await paper.scrollIntoViewIfNeeded();
      const box = (await paper.boundingBox())!;
      await page.mouse.move(box.x + 40, box.y + 60);
      await page.mouse.down();
      for (let step = 1; step <= 8; step += 1)
        await page.mouse.move(box.x + 40 + step * 30, box.y + 60 + (step % 2) * 50);
      await page.mouse.up();
    };
    await sign();
    await page.getByRole('button', { name: 'Принять работу' }).click();
    await page.getByRole('link', { name: 'нажмите «Готово» под подписью' }).waitFor();
    await page.getByRole('button', { name: 'Стереть' }).click();
    await sign();
    await page.getByRole('button', { name: 'Готово: Подпись клиента' }).click();
    const image = page.getByRole('img', { name: 'Подпись: Подпись клиента' });
    await image.waitFor();
    await page.waitForFunction('document.querySelector("[data-field=signature] img")?.naturalWidth > 100');
    await page.getByRole('button', { name: 'Принять работу' }).click();
    await until('it is submitted', async () => (await told(page, 'submitted')) !== undefined);
    const [file] = (await told(page, 'submitted'))?.['signature'] as readonly Record<string, unknown>[];
    assert.deepEqual([file?.['mimeType'], file?.['name']], ['image/png', 'подпись.png']);
    await page.getByRole('button', { name: 'Подписать заново' }).click();
    await page.locator('[data-field=signature] canvas').waitFor();
    await becomes(async () => (await told(page, 'draft'))?.['signature'], null);
    assert.deepEqual(errors, []);
    await close();
  });

  it('a photo is turned as its camera held it, made smaller, and keeps the time it was taken', async () => {
    const { page, errors, close } = await open();
    const drawn = await page.evaluate<string>(`(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [3000, 2000];
      const context = canvas.getContext('2d');
      for (let at = 0; at < 4000; at += 1) {
        context.fillStyle = 'hsl(' + (at * 37) % 360 + ' 60% 50%)';
        context.fillRect((at * 131) % 3000, (at * 197) % 2000, 60, 60);
      }
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
      return await new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(',')[1]);
        reader.readAsDataURL(blob);
      });
    })()`);
    const plain = Buffer.from(drawn, 'base64');
    const segment = exifSegment({ takenAt: '2026:11:20 08:15:00', orientation: 6, littleEndian: true });
    const photo = Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)]);
    const input = page.locator('[data-field=photos] input[type=file]').first();
    await input.setInputFiles([{ name: 'шильдик.jpeg', mimeType: 'image/jpeg', buffer: photo }]);
    await page.getByText('снято 20 ноя 2026, 08:15').waitFor();
    await page.waitForFunction('document.querySelector("[data-field=photos] img")?.complete');
    const size = await page.evaluate(
      '[...document.querySelectorAll("[data-field=photos] img")].map((image) => [image.naturalWidth, image.naturalHeight])',
    );
    assert.deepEqual(size, [[1067, 1600]], 'turned upright, the longer side 1,600');
    const [file] = (await told(page, 'draft'))?.['photos'] as readonly Record<string, unknown>[];
    assert.deepEqual([file?.['takenAt'], file?.['name']], ['2026-11-20T08:15:00', 'шильдик.jpg']);
    assert.ok((file?.['size'] as number) < photo.length / 2);
    assert.deepEqual(errors, []);
    await close();
  });

  it('the camera reads a code; ZXing where the browser has no detector of its own', async () => {
    const { page, errors, close } = await open({}, { flags: camera }, (opened) =>
      opened.addInitScript('delete globalThis.BarcodeDetector'),
    );
    await page.getByRole('button', { name: 'Сканировать код: VIN' }).click();
    await page.waitForFunction(
      (vin) => document.querySelector<HTMLInputElement>('[data-field=vin] input')?.value === vin,
      VIN,
    );
    await page.locator('[data-field=vin] input:focus').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await becomes(async () => (await told(page, 'draft'))?.['vin'], VIN);
    assert.deepEqual(errors, []);
    await close();
  });

  it('the browser’s own detector is taken where there is one', async () => {
    const { page, errors, close } = await open({}, { flags: camera }, (opened) =>
      opened.addInitScript(`globalThis.BarcodeDetector = class {
        static getSupportedFormats() { return Promise.resolve(['qr_code']); }
        detect() { return Promise.resolve([{ rawValue: 'мх 123456' }]); }
      };`),
    );
    await page.getByRole('button', { name: 'Сканировать код: Серийный номер' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[data-field=serial] input')?.value !== '',
    );
    await becomes(() => page.locator('[data-field=serial] input').inputValue(), 'MX123456');
    assert.deepEqual(errors, []);
    await close();
  });

  for (const [what, script, words] of [
    ['permission is denied', refusal('NotAllowedError'), 'Доступ к камере запрещён'],
    ['there is no camera', refusal('NotFoundError'), 'Камера не найдена'],
    ['another program has it', refusal('NotReadableError'), 'Камера не включилась'],
    [
      'the address is not secure',
      'Object.defineProperty(navigator, "mediaDevices", { value: undefined })',
      'только по защищённому адресу',
    ],
  ] as const) {
    it(`says that ${what}, and the number can be typed`, async () => {
      const { page, errors, close } = await open({}, PHONE, (opened) => opened.addInitScript(script));
      await page.getByRole('button', { name: 'Сканировать код: VIN' }).click();
      await page.getByText(words).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole('dialog').getByRole('button', { name: 'Ввести вручную' }).last().click();
      await leave(page, 'VIN', VIN);
      await becomes(async () => (await told(page, 'draft'))?.['vin'], VIN);
      assert.deepEqual(errors, []);
      await close();
    });
  }

  it('the place comes from the device, or is typed when that is denied', async () => {
    const { page, context, errors, close } = await open();
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 59.9386, longitude: 30.3141, accuracy: 25 });
    await page.getByRole('button', { name: 'Определить место' }).click();
    await page.getByText('точность ±25 м').waitFor();
    await becomes(async () => (await told(page, 'draft'))?.['place'], { lat: 59.9386, lon: 30.3141, accuracy: 25 });
    await page.evaluate(
      'navigator.geolocation.getCurrentPosition = (found, failed) => failed({ code: 1, PERMISSION_DENIED: 1 })',
    );
    await page.getByRole('button', { name: 'Определить место' }).click();
    await page.getByText('Доступ к месту запрещён').waitFor();
    await page.getByLabel('Широта').fill('91');
    await page.getByLabel('Широта').blur();
    await page.getByText('широта — от −90 до 90').waitFor();
    await page.getByLabel('Широта').fill('−33,8');
    await becomes(async () => (await told(page, 'draft'))?.['place'], { lat: -33.8, lon: 30.3141 });
    assert.deepEqual(errors, []);
    await close();
  });

  it('a photo taken without a connection waits, survives a reload and is sent once the net is back', async () => {
    const { page, context, errors, close } = await open();
    await context.setOffline(true);
    const input = page.locator('[data-field=photos] input[type=file]').first();
    await input.setInputFiles([{ name: 'подвал.png', mimeType: 'image/png', buffer: PNG }]);
    await page.getByText('Нет связи. Загрузится, когда она появится.').waitFor();
    await page.getByRole('button', { name: 'Принять работу' }).click();
    await page.getByRole('link', { name: 'дождитесь загрузки файлов' }).waitFor();
    // The page itself can be had again, the upload still cannot: a tab that was closed underground.
    await page.route('**/files?*', (route) => route.abort('internetdisconnected'));
    await context.setOffline(false);
    await page.reload();
    await page.getByText('Нет связи. Загрузится, когда она появится.').waitFor();
    await page.unroute('**/files?*');
    await page.evaluate('window.dispatchEvent(new Event("online"))');
    await page.getByRole('link', { name: 'Открыть: подвал.png' }).waitFor();
    assert.equal(((await told(page, 'draft'))?.['photos'] as readonly unknown[]).length, 1);
    await page.reload();
    await page.waitForSelector('form');
    assert.equal(await page.getByText('подвал.png').count(), 0, 'what was sent is not sent again');
    assert.deepEqual(
      errors.filter((error) => !/ERR_INTERNET_DISCONNECTED/.test(error)),
      [],
    );
    await close();
  });

  for (const [screen, options] of [
    ['1440 px', {}],
    ['a phone', { ...PHONE, hasTouch: true, isMobile: true }],
  ] as const) {
    it(`has nothing axe calls serious and nothing sticks out, on ${screen}`, async () => {
      const { page, errors, close } = await open({}, options);
      await page.locator('[data-field=signature] canvas').waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await leave(page, 'ИНН', '1');
      await page.getByRole('button', { name: 'Отправить на разбор' }).click();
      await page.getByText(/^Исправьте/).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      assert.deepEqual(errors, []);
      await close();
    });
  }

  it('on a phone the system asks for times, and every target is 44 px high', async () => {
    const { page, errors, close } = await open({}, { ...PHONE, hasTouch: true, isMobile: true });
    for (const [label, type] of [
      ['Начало работ', 'datetime-local'],
      ['Время приезда', 'time'],
      ['Расчётный месяц', 'month'],
    ] as const)
      assert.equal(await page.getByLabel(label).getAttribute('type'), type, label);
    await page.getByLabel('Начало работ').fill('2026-11-28T14:30');
    await becomes(async () => (await told(page, 'draft'))?.['visitAt'], '2026-11-28T14:30:00+03:00');
    const small =
      await page.evaluate(`[...document.querySelectorAll('form input:not([type=radio]):not([type=checkbox]):not([hidden]), form button')]
      .filter((element) => element.offsetParent && element.tabIndex !== -1)
      .map((element) => [element.id || element.textContent, element.getBoundingClientRect().height]).filter(([, height]) => height < 44)`);
    assert.deepEqual(small, []);
    assert.deepEqual(errors, []);
    await close();
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function refusal(name: string): string {
  return `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '${name}'))`;
}

/** The mark of a required field belongs to its label. */
function labelled(page: Page, label: string): Locator {
  return page.getByLabel(new RegExp(`^${label}(?: \\*)?$`)).first();
}

async function leave(page: Page, label: string, text: string): Promise<void> {
  const input = labelled(page, label);
  await input.fill(text);
  await input.blur();
}

async function told(page: Page, what: 'submitted' | 'draft'): Promise<VariableMap | undefined> {
  return page.evaluate<VariableMap | undefined>(`window.told.${what}`);
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: readonly AxeViolation[] }>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
