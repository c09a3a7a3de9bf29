import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { drawPhoto } from '../../../designer/test/draw-photo.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { startCaptchaProvider } from '../../start-forms/test/captcha-provider.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { formOf } from './fill-form.ts';
import { openScreen, signIn } from './open-screen.ts';

const PHOTO = { name: 'котёл.png', mimeType: 'image/png', buffer: drawPhoto(3) };
/** Of a size that goes in two parts, the second from here on. */
const LARGE_PHOTO = { ...PHOTO, buffer: Buffer.concat([PHOTO.buffer, Buffer.alloc(4 * 1024 * 1024)]) };
const SECOND_PART = 4 * 1024 * 1024;

describe('a repair request', function () {
  this.timeout(120_000);
  let file: string;
  let test: TestApp;
  let captcha: Awaited<ReturnType<typeof startCaptchaProvider>>;
  let followLink = '';

  before('build the designer and start the server', async () => {
    file = createSqliteDatabase();
    captcha = await startCaptchaProvider();
    test = await startApp(
      { dialect: 'sqlite', filename: file },
      {
        designerFolder: await buildDesigner(),
        publicForms: { captcha: captcha.settings },
        httpAllow: [{ host: '127.0.0.1', port: captcha.port }],
      },
    );
  });
  after(async () => {
    await test.close();
    captcha.close();
    dropSqliteDatabase(file);
  });

  it('comes from a phone without an account: with a photo, and once, although its answer was lost and it was sent again', async () => {
    const screen = await openScreen(test, 'phone');
    const { page } = screen;
    await screen.go('/start/repair-request');
    await page.getByRole('heading', { name: 'Заявка на ремонт' }).waitFor();
    await screen.check('public-form');
    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page.getByText(/^Исправьте \d/).waitFor();
    await screen.check('public-form-errors');

    const form = formOf(page);
    await form.write('product', 'Котёл газовый КГ-24');
    await form.write('serial', 'kg24-26-001187');
    await form.write('problem', 'Гаснет через минуту после розжига, ошибка E4.');
    // The connection breaks after the first part.
    const parts: string[] = [];
    await page.route('**/uploads/*offset=*', (route) => {
      parts.push(new URL(route.request().url()).searchParams.get('offset')!);
      return parts.length === 2 ? route.abort() : route.continue();
    });
    await form.attach('photos', LARGE_PHOTO);
    assert.deepEqual(parts, ['0', String(SECOND_PART), String(SECOND_PART)], 'it goes on, and does not begin anew');
    await form.mark('place', 'Нужен выезд мастера');
    await form.write('address', 'Тула, Советская, 11, кв. 4');
    await form.write('applicantName', 'Павел Орлов');
    await form.write('applicantPhone', '9123456789');
    await form.field('consent').getByRole('checkbox').check();
    // Photos that other tabs have left on this phone: one is forgotten after a week, the other is theirs.
    await waitingPhotos(page, [
      { place: 'start:left /photos', days: 8 },
      { place: 'start:elsewhere /photos', days: 6 },
    ]);
    // The tab is closed by accident and had again: nothing typed is lost, the photo neither.
    await page.reload();
    await form.field('photos').getByText(PHOTO.name).waitFor();
    assert.equal(
      await form.field('address').locator('input, textarea').first().inputValue(),
      'Тула, Советская, 11, кв. 4',
    );
    await screen.check('public-form-filled');

    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page.getByText('Подтвердите, что вы не робот.').waitFor();
    await page.frameLocator('#captcha').getByRole('button', { name: 'Я не робот' }).click();
    let lost = 0;
    await page.route('**/api/public/starts/repair-request', async (route) => {
      lost += 1;
      if (lost > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    assert.deepEqual(await waitingPhotos(page), ['start:elsewhere /photos']);
    await waitingPhotos(page, [{ place: `start:${await submissionIn(page)} /photos`, days: 0 }]);
    await page.getByRole('button', { name: 'Отправить заявку' }).evaluate((element) => {
      const button = element as unknown as { click(): void };
      button.click();
      button.click();
    });
    await page.getByRole('heading', { name: 'Заявка принята' }).waitFor();
    assert.equal(lost, 2, 'the server saw it twice');
    assert.deepEqual(await waitingPhotos(page), ['start:elsewhere /photos'], 'what was sent waits no more');
    await screen.check('public-receipt');
    followLink = (await page.getByRole('link', { name: /follow#/ }).getAttribute('href'))!;
    await page.reload();
    await page.getByRole('heading', { name: 'Заявка принята' }).waitFor();

    const { items } = (await test.call('dispatcher', 'GET /api/cases?processId=repair-request')).body;
    assert.equal(items.length, 1);
    const files = (await test.call('dispatcher', `GET /api/cases/${items[0].caseKey}/files`)).body.items;
    assert.deepEqual(
      files.map(({ name }: { name: string }) => name),
      [PHOTO.name],
    );
    await screen.context.close();
    // The answer that was lost on purpose, and the form that was refused.
    assert.deepEqual(
      screen.errors.filter((error) => !/ERR_FAILED|the server responded with a status of 4/.test(error)),
      [],
    );
  });

  it('is followed by its link, in words for the client, and by nobody without it', async () => {
    for (const size of ['phone', 'desktop'] as const) {
      const screen = await openScreen(test, size);
      const { page } = screen;
      await screen.go(followLink.slice(test.url.length));
      await page.getByText('Заявка принята, рассматриваем').waitFor();
      await screen.check('follow');
      await screen.go(followLink.slice(test.url.length, -3));
      await page.getByText('Заявка не найдена').waitFor();
      await screen.go('/start/nobody-knows');
      await page.getByText('Здесь ничего нет').waitFor();
      await screen.check('public-missing');
      await screen.go('/start/repair-request');
      await page.getByRole('heading', { name: 'Заявка на ремонт' }).waitFor();
      await screen.check('public-form');
      // Thrown away, nothing stays on the device.
      await formOf(page).write('product', 'Котёл');
      const submission = await submissionIn(page);
      await waitingPhotos(page, [{ place: `start:${submission} /photos`, days: 0 }]);
      await page.getByRole('button', { name: 'Очистить форму' }).click();
      await screen.check('public-form-discard');
      await page.getByRole('button', { name: 'Удалить', exact: true }).click();
      await page.getByRole('button', { name: 'Очистить форму' }).waitFor();
      assert.equal(await formOf(page).field('product').locator('input').inputValue(), '');
      assert.deepEqual(await waitingPhotos(page), []);
      await formOf(page).write('product', 'Насос');
      assert.notEqual(await submissionIn(page), submission);
      await screen.close();
    }
  });

  it('is done by a contractor in the portal, who files one of their own and sees nothing of the house', async () => {
    const [triage] = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body.items;
    const handed = await test.call('dispatcher', `POST /api/tasks/${triage.userTaskKey}/complete`, {
      data: { decision: 'accept', serviceCentre: 'asc-tula' },
    });
    assert.equal(handed.status, 204, JSON.stringify(handed.body));
    const screen = await openScreen(test, 'phone');
    const { page } = screen;
    await screen.go('/');
    await signIn(screen, 'tula');
    await page.getByRole('heading', { name: 'Портал подрядчика' }).waitFor();
    const task = page.getByRole('link', { name: /Ремонт: Котёл газовый КГ-24/ });
    await task.waitFor();
    await screen.check('portal');
    await task.click();
    await page.getByRole('button', { name: 'Взять в работу' }).click();
    const form = formOf(page);
    await form.write('workDone', 'Заменён датчик пламени, проверен розжиг.');
    await form.write('finishedOn', '2026-11-16');
    await form.attach('photosAfter', { ...PHOTO, name: 'готово.png' });
    // The photo of the client stands in the task, and is shown.
    await form.field('photos').getByRole('link', { name: PHOTO.name }).waitFor();
    await screen.check('portal-task');
    await page.getByRole('button', { name: 'Сдать ремонт' }).click();
    await page
      .getByText(/завершена/)
      .first()
      .waitFor();
    await test.settle();

    await page.getByRole('link', { name: 'Новая заявка' }).click();
    await page.getByRole('link', { name: 'Заявка на ремонт' }).click();
    await page.getByRole('textbox', { name: /Изделие/ }).waitFor();
    await screen.check('portal-request');
    await form.write('product', 'Насос НЦ-4');
    await form.write('problem', 'Течёт уплотнение на валу.');
    await form.mark('place', 'Привезу в мастерскую');
    await form.write('applicantName', 'Нина Зайцева');
    await form.write('applicantPhone', '9123456780');
    await form.field('consent').getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page.getByRole('heading', { name: 'Заявка принята' }).waitFor();
    await screen.check('portal-receipt');
    await page.getByRole('link', { name: 'Все заявки' }).click();
    await page.getByText('Ремонт выполнен').waitFor();
    await page.getByText('Заявка принята, рассматриваем').waitFor();
    await screen.check('portal-cases');
    await page.getByRole('link', { name: /ОБР-2026-000001/ }).click();
    await page.getByText('готово.png').waitFor();
    await page.getByText('Акт выполненных работ').waitFor();
    await screen.check('portal-case');
    await page.getByRole('button', { name: 'Просмотр' }).click();
    await page.frameLocator('iframe').getByText('Заменён датчик пламени').waitFor();
    await screen.check('portal-document');
    await page.keyboard.press('Escape');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'PDF' }).click();
    assert.equal((await download).suggestedFilename(), 'Акт выполненных работ № АВР-2026-000001.pdf');
    const caseAddress = new URL(page.url()).pathname;
    await screen.close();

    const wide = await openScreen(test);
    await wide.go('/portal');
    await signIn(wide, 'tula');
    await wide.page.getByText('Ремонт выполнен').waitFor();
    await wide.check('portal');
    await wide.go(caseAddress);
    await wide.page.getByText('Акт выполненных работ').waitFor();
    await wide.check('portal-case');
    await wide.go('/tasks');
    await wide.check('portal-tasks');
    await wide.go('/portal/new/repair-request');
    await wide.page.getByRole('heading', { name: 'Заявка на ремонт' }).waitFor();
    await wide.check('portal-request');
    await wide.close();
  });
});

interface WaitingPhoto {
  readonly place: string;
  readonly days: number;
}

/** Where the photos that wait in the browser belong; those given are put there first, so many days old. */
function waitingPhotos(page: Page, put: readonly WaitingPhoto[] = []): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('reglament-uploads', 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore('file', { keyPath: 'key' }).createIndex('place', 'place');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const store = opening.result.transaction('file', 'readwrite').objectStore('file');
      for (const { place, days } of ${JSON.stringify(put)})
        store.put({ key: place, place, addedAt: Date.now() - days * 86_400_000, file: new File(['x'], 'x.png') });
      const all = store.getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result.map(({ place }) => place).sort());
      };
    };
  })`);
}

/** The key of the submission that the tab keeps. */
async function submissionIn(page: Page): Promise<string> {
  const kept = await page.evaluate<string>(`sessionStorage.getItem('reglament-start:public//repair-request')`);
  return (JSON.parse(kept) as { readonly submission: string }).submission;
}
