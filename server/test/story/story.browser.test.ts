import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { drawPhoto } from '../../../designer/test/draw-photo.ts';
import { START, startApp, type TestApp } from '../../http/test/start-app.ts';
import { watchInbox } from '../../intake/watch-inbox.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { formOf } from './fill-form.ts';
import { pdfText } from './pdf-text.ts';
import { openScreen, signIn, type Screen } from './open-screen.ts';
import { mailFile } from '../../intake/mail/test/mail-file.ts';

const MINUTE = 60_000;

describe('one claim, from the e-mail to the printed answer', function () {
  this.timeout(120_000);
  this.bail(true);
  let file: string;
  let test: TestApp;
  let caseKey: string;
  const open: Screen[] = [];

  before('build the designer and start the server', async () => {
    file = createSqliteDatabase();
    test = await startApp({ dialect: 'sqlite', filename: file }, { designerFolder: await buildDesigner() });
  });
  after(async () => {
    for (const screen of open) await screen.close();
    await test.close();
    dropSqliteDatabase(file);
  });

  afterEach('keep a picture of what went wrong', async function () {
    if (this.currentTest?.state === 'failed') await open.at(-1)?.picture('failed');
  });

  /** The server does what the step led to; the next person comes some minutes later. */
  const later = async (): Promise<void> => {
    test.advance(MINUTE);
    await test.settle();
    test.advance(6 * MINUTE);
  };

  const enter = async (
    who: Parameters<typeof signIn>[1],
    size: 'desktop' | 'phone' = 'desktop',
    path = '/',
  ): Promise<Screen> => {
    const screen = await openScreen(test, size);
    open.push(screen);
    await screen.go(path);
    await signIn(screen, who);
    return screen;
  };

  it('becomes a case with a number, posted or dropped into the folder; once, and not from a machine', async () => {
    const posted = await test.mail('claim-shortage.eml');
    assert.deepEqual(
      [posted.status, posted.body.outcome, posted.body.caseNumber],
      [201, 'case-created', 'ОБР-2026-000001'],
    );
    caseKey = posted.body.caseKey;
    assert.deepEqual(
      [(await test.mail('claim-shortage.eml')).body.outcome, (await test.mail('out-of-office.eml')).body.outcome],
      ['duplicate', 'ignored'],
    );
    const folder = join(test.dataFolder, 'inbox');
    await mkdir(folder);
    const inbox = await watchInbox({
      folder,
      intake: test.app.intake,
      logger: pino({ level: 'silent' }),
      now: () => Date.now() + 10_000,
    });
    await copyFile(mailFile('claim-transit.eml'), join(folder, 'письмо.eml'));
    await inbox.look();
    await inbox.stop();
    await test.settle();
    const { items } = (await test.call('dispatcher', 'GET /api/cases')).body;
    assert.deepEqual(items.map((item: { caseNumber: string }) => item.caseNumber).sort(), [
      'ОБР-2026-000001',
      'ОБР-2026-000002',
    ]);
  });

  it('is found, read and classified by the dispatcher', async () => {
    const screen = await openScreen(test);
    open.push(screen);
    const { page } = screen;
    await screen.go('/');
    await screen.check('login');
    await signIn(screen, 'dispatcher');
    await page.getByRole('tab', { name: /Моих групп/ }).click();
    const row = page.locator('[data-task-key]', { hasText: 'ОБР-2026-000001' });
    await row.getByText('Классифицировать обращение').waitFor();
    await row.getByText('осталось 2 ч').waitFor();
    await row.click();
    await page.getByRole('heading', { name: 'Классифицировать обращение' }).waitFor();
    await page.getByText('в паллете оказалось 8 штук').first().waitFor();
    await page.locator('img[src*="/api/files/"]').first().waitFor();
    await page.getByRole('button', { name: 'Взять в работу' }).click();
    const complete = page.getByRole('button', { name: 'Передать в работу' });
    await complete.click();
    await page.getByText('Исправьте 5 полей').waitFor();
    assert.equal(await page.evaluate(`document.activeElement.closest('[data-field]')?.dataset.field`), 'clientKind');
    await screen.check('task-errors');
    const form = formOf(page);
    assert.equal(await form.field('clientName').locator('input').inputValue(), 'Ковалёва Ирина, снабжение');
    await form.mark('clientKind', 'Организация');
    await form.write('clientName', 'ООО «Строймир»');
    await form.write('product', 'Дрель ДУ-750');
    await form.write('orderNo', '55-102');
    await form.choose('topic', 'Недовоз');
    await form.choose('demand', 'Возврат денег');
    await form.mark('isClaim', 'Да');
    await form.choose('assignee', 'Павел Кузнецов');
    await screen.check('task-classify');
    await complete.click();
    await page.getByText('Задача «Классифицировать обращение» завершена').waitFor();
    await later();
  });

  it('gets its set checked by the head, with a photo added', async () => {
    const screen = await enter('head');
    const { page } = screen;
    await page.getByRole('heading', { name: 'Проверить комплект' }).waitFor();
    const form = formOf(page);
    // The photo of the mail is already here: nobody uploads it a second time.
    await form.field('photoProduct').getByRole('link', { name: 'паллета 8 из 10.jpg' }).waitFor();
    await form.attach('photoProduct', { name: 'пломба.png', mimeType: 'image/png', buffer: drawPhoto(2) });
    await form.mark('complete', 'Да');
    await form.write('purchaseDate', '13.11.2026');
    await form.write('invoiceNo', '4471');
    await form.write('qtyOrdered', '10');
    await form.write('qtyReceived', '8');
    await form.mark('transitDamage', 'Нет');
    await form.mark('defectSuspected', 'Нет');
    await screen.check('task-check-set');
    await page.getByRole('button', { name: 'Завершить проверку' }).click();
    await page.getByText('Задача «Проверить комплект» завершена').waitFor();
    await later();
  });

  it('is judged by the warehouse on a phone, which sees nothing else', async () => {
    const foreign = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body.items[0];
    assert.equal(foreign.name, 'Классифицировать обращение');
    const screen = await enter('warehouse', 'phone');
    const { page } = screen;
    await page.getByRole('tab', { name: /Моих групп/ }).click();
    const rows = page.locator('[data-task-key]');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    await screen.check('work-list');
    await rows.first().click();
    await page.getByRole('heading', { name: 'Разбор в отделе' }).waitFor();
    await page.getByRole('button', { name: 'Взять в работу' }).click();
    const form = formOf(page);
    await form.choose('reason', 'Недовложение на складе');
    await form.choose('faultParty', 'Склад');
    await form.mark('verdict', 'Подтверждена');
    await form.write('verdictText', 'Недовложение двух дрелей подтверждено пересчётом остатков.');
    await form.write('ttnNo', '4471');
    await screen.check('task-department');
    await page.getByRole('button', { name: 'Вынести вердикт' }).click();
    await page.getByText('Задача «Разбор в отделе» завершена').waitFor();
    await screen.check('work-list-done');
    await later();
    const foreignCase = `cases/${foreign.caseKey}`;
    for (const path of [
      `tasks/${foreign.userTaskKey}`,
      foreignCase,
      `${foreignCase}/mails`,
      `${foreignCase}/diagram`,
    ]) {
      assert.equal((await test.call('warehouse', `GET /api/${path}`)).status, 404, path);
    }
    await screen.go(`/tasks/${foreign.userTaskKey}`);
    await page.getByText('Такой задачи нет или она вам не видна').waitFor();
    await screen.check('task-missing');
    await screen.go(`/${foreignCase}`);
    await page.getByText('Такого дела нет или оно вам не видно').waitFor();
  });

  it('takes an answer of the client into the same case', async () => {
    const joined = await test.call('dispatcher', 'POST /api/intake/mail', replyTo('ОБР-2026-000001'), {
      'content-type': 'message/rfc822',
    });
    assert.deepEqual([joined.body.outcome, joined.body.caseKey], ['joined-case', caseKey]);
    await later();
  });

  it('is handed over by the head, and the answer goes out', async () => {
    const screen = await enter('head');
    const { page } = screen;
    await page.getByRole('heading', { name: 'Передать на исполнение' }).waitFor();
    const form = formOf(page);
    await form.choose('execution', 'Возврат денег');
    await form.write('amount', '9980,00');
    await form.choose('executor', 'Склад');
    await form.write('executionDue', '27.11.2026');
    await form.write('answerText', 'Вернём 9 980 рублей за две дрели на расчётный счёт.');
    await screen.check('task-hand-over');
    await page.getByRole('button', { name: 'Передать и ответить' }).click();
    await page.getByText('Задача «Передать на исполнение» завершена').waitFor();
    await later();
    const mails = (await test.call('head', `GET /api/cases/${caseKey}/mails`)).body.items;
    assert.deepEqual(
      mails.map((mail: { direction: string }) => mail.direction),
      ['in', 'out', 'in', 'out'],
    );
    assert.match(mails.at(-1).subject, /ОБР-2026-000001/);
  });

  for (const size of ['desktop', 'phone'] as const) {
    it(`shows the whole case on a ${size}`, async () => {
      const screen = await enter('head', size, `/cases/${caseKey}`);
      const { page } = screen;
      await page.getByRole('heading', { level: 1, name: /Недостача по ТТН 4471/ }).waitFor();
      const [newest] = (await test.call('head', `GET /api/cases/${caseKey}/story`)).body.items;
      assert.equal(newest.text, 'Дело завершено');
      await page.getByText('Илья Беляев завершил(а) «Разбор в отделе»').waitFor();
      await screen.check('case-story');
      await screen.go(`/cases/${caseKey}?tab=mail`);
      await page.getByRole('button', { name: /Re: \[#ОБР-2026-000001\]/ }).click();
      await page.getByText('высылаю скан акта').waitFor();
      await screen.check('case-mail');
      await screen.go(`/cases/${caseKey}?tab=values`);
      await screen.check('case-values');
      if (size === 'phone') {
        await screen.go(`/cases/${caseKey}?tab=facts`);
        await screen.check('case-facts');
      }
      await screen.go(`/cases/${caseKey}?tab=diagram`);
      await page.locator('#diagram-words', { hasText: 'Процесс завершён' }).waitFor({ state: 'attached' });
      await screen.check('case-diagram');
      assert.ok((await shapesInSight(page)) > 0, 'the map opens on something, not on empty paper');
      assert.equal(await isOnTop(page, '.bjs-powered-by'), true, 'the bpmn.io watermark can be seen and clicked');
      await screen.go('/cases');
      await page.getByText('ОБР-2026-000001').waitFor();
      await screen.check('case-list');
    });
  }

  it('gives out the answer: preview, PDF with its text, and the checksum of its bytes', async () => {
    const screen = await enter('head', 'desktop', `/cases/${caseKey}`);
    const { page } = screen;
    const paper = page
      .getByRole('listitem')
      .filter({ hasText: 'Ответ на рекламацию' })
      .filter({ has: page.getByRole('button', { name: 'Просмотр' }) });
    const sum = await paper.locator('[title]').filter({ hasText: 'SHA-256' }).getAttribute('title');
    await paper.getByRole('button', { name: 'Просмотр' }).click();
    const preview = page.frameLocator('iframe');
    await preview.getByText('Вернём 9 980 рублей за две дрели').waitFor();
    await screen.check('document-preview');
    await page.getByRole('button', { name: 'Закрыть' }).click();
    const downloading = page.waitForEvent('download');
    await paper.getByRole('link', { name: 'PDF' }).click();
    const download = await downloading;
    const bytes = await readFile(await download.path());
    assert.equal(download.suggestedFilename(), 'Ответ на рекламацию № ОТВ-2026-000001.pdf');
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sum);
    const text = await pdfText(bytes);
    for (const part of ['ОТВ-2026-000001', 'ОБР-2026-000001', 'Рекламация подтверждена', '9 980,00', 'Дрель ДУ-750'])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('reminds before a deadline, and gives the task to the head when it has passed', async () => {
    test.advance(START + 61 * MINUTE - test.now());
    await test.settle();
    const dispatcher = await enter('dispatcher', 'phone', '/tasks?tab=group');
    await dispatcher.page.getByText('осталось 59 мин').waitFor();
    await dispatcher.page
      .getByRole('button', { name: /уведомлени/i })
      .first()
      .click();
    await dispatcher.page.getByText(/ОБР-2026-000002 ждёт классификации больше часа/).waitFor();
    await dispatcher.check('notifications');
    test.advance(4 * 60 * MINUTE);
    await test.settle();
    await dispatcher.syncClock();
    await dispatcher.go('/tasks?tab=group');
    assert.equal(await dispatcher.page.getByText('Классифицировать обращение').count(), 0);
    const head = await enter('head', 'desktop', '/tasks?tab=group');
    await head.page.getByRole('heading', { name: 'Классифицировать за диспетчера' }).waitFor();
    await head.page.locator('[data-task-key]', { hasText: 'ОБР-2026-000002' }).waitFor();
    await head.page.getByText('Кто обратился').waitFor();
    await head.check('task-overdue');
    const second = (await test.call('head', `GET /api/cases?search=${encodeURIComponent('ОБР-2026-000002')}`)).body
      .items[0];
    await head.go(`/cases/${second.caseKey}?tab=diagram`);
    await head.page.locator('.bjs-powered-by').waitFor();
    await head.page
      .locator('#diagram-words', { hasText: 'Сейчас: Классифицировать за диспетчера' })
      .waitFor({ state: 'attached' });
    await head.check('case-diagram-active');
  });
});

/** An answer of the client that carries the case number in its subject. */
function replyTo(caseNumber: string): Uint8Array {
  const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  return Buffer.from(
    [
      `From: ${word('Ирина Ковалёва')} <snab@stroymir.example>`,
      'To: reklama@tehnika.example',
      'Message-ID: <story-reply@stroymir.example>',
      'Date: Mon, 16 Nov 2026 10:05:00 +0300',
      `Subject: ${word(`Re: [#${caseNumber}] Запрос документов по рекламации`)}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Добрый день, высылаю скан акта отдельным письмом.',
      '',
    ].join('\r\n'),
  );
}

/** Whether the middle of the element is what a click there would meet, and all of it is on the screen. */
function isOnTop(page: Page, selector: string): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const box = element.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return element.contains(at) && box.right <= innerWidth && box.bottom <= innerHeight;
  })()`);
}

/** How many elements of the diagram lie inside the part of it that is shown. */
function shapesInSight(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const paper = document.querySelector('.djs-container').getBoundingClientRect();
    return [...document.querySelectorAll('.djs-shape')].map((shape) => shape.getBoundingClientRect())
      .filter((box) => box.left < paper.right && box.right > paper.left && box.top < paper.bottom && box.bottom > paper.top).length;
  })()`);
}
