import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { drawPhoto } from '../../../designer/test/draw-photo.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { watchInbox } from '../../intake/watch-inbox.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { formOf } from './fill-form.ts';
import { openScreen, signIn, type Screen } from './open-screen.ts';

const MAILS = new URL('../../intake/mail/test-mails/', import.meta.url).pathname;
const MINUTE = 60_000;

describe('one claim, from the e-mail to the printed answer', function () {
  this.timeout(60_000);
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
    console.time('screens');for (const screen of open) await screen.close();
    console.timeEnd('screens');await test.close();console.timeEnd('screens');
    dropSqliteDatabase(file);
  });

  const enter = async (who: Parameters<typeof signIn>[1], size: 'desktop' | 'phone' = 'desktop', path = '/'): Promise<Screen> => {
    const screen = await openScreen(test, size);
    open.push(screen);
    await screen.go(path);
    await signIn(screen, who);
    return screen;
  };

  it('becomes a case with a number, posted or dropped into the folder; once, and not from a machine', async () => {
    const posted = await test.mail('claim-shortage.eml');
    assert.deepEqual([posted.status, posted.body.outcome, posted.body.caseNumber], [201, 'case-created', 'ОБР-2026-000001']);
    caseKey = posted.body.caseKey;
    assert.deepEqual([(await test.mail('claim-shortage.eml')).body.outcome, (await test.mail('out-of-office.eml')).body.outcome], ['duplicate', 'ignored']);
    const folder = join(test.dataFolder, 'inbox');
    await mkdir(folder);
    const inbox = await watchInbox({ folder, intake: test.app.intake, logger: pino({ level: 'silent' }), now: () => Date.now() + 10_000 });
    await copyFile(join(MAILS, 'claim-transit.eml'), join(folder, 'письмо.eml'));
    await inbox.look();
    await inbox.stop();
    await test.settle();
    const { items } = (await test.call('dispatcher', 'GET /api/cases')).body;
    assert.deepEqual(items.map((item: { caseNumber: string }) => item.caseNumber).sort(), ['ОБР-2026-000001', 'ОБР-2026-000002']);
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
    const complete = page.getByRole('button', { name: 'Завершить' });
    await complete.click();
    await page.getByRole('heading', { name: /Исправьте|Проверьте|поля|ошиб/ }).first().waitFor();
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
    await test.settle();
  });
});
