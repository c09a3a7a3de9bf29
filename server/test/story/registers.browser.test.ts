import assert from 'node:assert/strict';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { readPackRows } from '../../packs/read-pack.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { openScreen, signIn, type Screen } from './open-screen.ts';

describe('registers on the screen', function () {
  this.timeout(120_000);
  let file: string;
  let test: TestApp;

  before('build the designer and start the server', async () => {
    file = createSqliteDatabase();
    test = await startApp({ dialect: 'sqlite', filename: file }, { designerFolder: await buildDesigner() });
    assert.equal(await test.app.loadDemoRows(await readPackRows('service-base')), 96);
    assert.equal(await test.app.loadDemoRows(await readPackRows('service-base')), 0, 'a restart brings nothing back');
  });
  after(async () => {
    await test.close();
    dropSqliteDatabase(file);
  });

  const open = async (size: 'desktop' | 'phone', path: string): Promise<Screen> => {
    const screen = await openScreen(test, size);
    await screen.go(path);
    await signIn(screen, 'analyst');
    return screen;
  };
  const row = async (rowKey: string) =>
    (await test.call('analyst', `GET /api/registers/parts/rows/${encodeURIComponent(rowKey)}`)).body;

  for (const size of ['desktop', 'phone'] as const) {
    it(`a row is found, changed, deleted and brought back (${size})`, async () => {
      const screen = await open(size, '/registers');
      const { page } = screen;
      await page.getByRole('link', { name: /Запчасти/ }).waitFor();
      await screen.check('registers');
      await page.getByRole('link', { name: /Запчасти/ }).click();
      await page.getByRole('table', { name: 'Строки справочника' }).waitFor();
      await screen.check('register-grid');
      await page.getByRole('searchbox', { name: 'Найти строку' }).fill('термостат');
      await page.getByText('Найдено: 2').waitFor();
      await page.getByRole('link', { name: 'З-ВН-003' }).click();
      const price = page.getByLabel('Цена');
      await price.waitFor();
      const before = (await row('З-ВН-003')).values.price as number;
      await price.fill(size === 'desktop' ? '1 234,50' : '2 345,60');
      await screen.check('register-row');
      await page.getByRole('button', { name: 'Сохранить' }).click();
      await page.getByText('Сохранено: Термостат').waitFor();
      const after = (await row('З-ВН-003')).values.price as number;
      assert.deepEqual([after === before, after], [false, size === 'desktop' ? 123_450 : 234_560]);
      await page.getByRole('tab', { name: 'История' }).click();
      await page.getByText('Изменено', { exact: true }).first().waitFor();
      await screen.check('register-history');
      await page.getByRole('tab', { name: 'Поля' }).click();
      await page.getByRole('button', { name: 'Удалить' }).click();
      await page.getByText('Удалено: Термостат').waitFor();
      assert.equal((await row('З-ВН-003')).status, 404);
      await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
      await page.getByText('Возвращено: Термостат').waitFor();
      assert.equal((await row('З-ВН-003')).values.price, after);
      await screen.close();
    });
  }

  it('whoever was slower sees both values and chooses', async () => {
    const screen = await open('desktop', `/registers/parts?row=${encodeURIComponent('З-НС-002')}`);
    const { page } = screen;
    const price = page.getByLabel('Цена');
    await price.fill('10,00');
    const { version } = await row('З-НС-002');
    const other = { values: { price: 2_000 }, version };
    await test.call('analyst', `PUT /api/registers/parts/rows/${encodeURIComponent('З-НС-002')}`, other);
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Строку изменили, пока вы её правили').waitFor();
    await page.getByRole('cell', { name: '20,00 ₽' }).waitFor();
    await screen.check('register-conflict');
    await page.getByRole('button', { name: 'Сохранить моё' }).click();
    await page.getByText('Сохранено: Ротор').waitFor();
    assert.equal((await row('З-НС-002')).values.price, 1_000);
    await screen.close();
  });

  it('a new row needs what its definition says, and a look-up offers only what fits', async () => {
    const screen = await open('desktop', '/registers/parts?add=true');
    const { page } = screen;
    await page.getByRole('button', { name: 'Добавить строку' }).click();
    await page.getByText('Заполните поле «Артикул».').first().waitFor();
    await page.getByLabel('Артикул').fill('З-НС-099');
    await page.getByLabel('Название').fill('Шланг гибкий');
    await page
      .getByRole('combobox', { name: /^Группа изделий/ })
      .last()
      .click();
    await page.getByRole('option', { name: 'Насосы' }).click();
    await page.getByRole('combobox', { name: /^Только для изделия/ }).click();
    await page.getByRole('option', { name: 'Насос «Родник» 25/40' }).waitFor();
    assert.equal(await page.getByRole('option', { name: /Водонагреватель/ }).count(), 0);
    await page.getByRole('option', { name: 'Насос «Родник» 25/40' }).click();
    await page.getByRole('combobox', { name: /^Единица/ }).click();
    await page.getByRole('option', { name: 'шт.' }).click();
    await page.getByLabel('Цена').fill('350');
    await page.getByRole('button', { name: 'Добавить строку' }).click();
    await page.getByText('Добавлено: Шланг гибкий').waitFor();
    assert.deepEqual((await row('З-НС-099')).labels, { product: 'Насос «Родник» 25/40' });
    await screen.close();
  });

  for (const size of ['desktop', 'phone'] as const) {
    it(`a file with bad rows is shown before anything is taken, and only the good ones come in (${size})`, async () => {
      const screen = await open(size, '/registers/warehouses');
      const { page } = screen;
      await page.getByRole('button', { name: 'Загрузка и выгрузка' }).click();
      await page.getByRole('menuitem', { name: 'Загрузить файл' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('или перетащите его сюда').waitFor();
      await screen.check('register-import-file');
      const code = `КЗН-${size}`;
      const rows = `Код;Склад;Регион;Часовой пояс;Очередность\n${code};Склад «Волга»;Урал;Europe/Samara;5\nОШ-1;Без региона;;Europe/Moscow;много\n`;
      await page.locator('input[type=file]').setInputFiles({
        name: 'склады.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(rows),
      });
      await dialog.getByText('новых: 0').waitFor();
      await dialog.getByRole('combobox', { name: 'Поле справочника: Склад' }).click();
      await page.getByRole('option', { name: 'Название' }).click();
      await dialog.getByText('новых: 1').waitFor();
      await dialog.getByText('с ошибками: 1').waitFor();
      await screen.check('register-import-errors');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Скачать строки с ошибками' }).click(),
      ]);
      assert.equal(download.suggestedFilename(), 'склады-errors.csv');
      await dialog.getByRole('button', { name: 'Загрузить без ошибочных: 1' }).click();
      await page.getByText('Загружено. Новых: 1, изменено: 0, без изменений: 0').waitFor();
      await page.getByText('Склад «Волга»').first().waitFor();
      const { body } = await test.call(
        'analyst',
        `GET /api/registers/warehouses/rows?search=${encodeURIComponent(code)}`,
      );
      assert.deepEqual(
        body.items.map(({ values }: { values: object }) => values),
        [{ code, name: 'Склад «Волга»', region: 'ural', tz: 'Europe/Samara', priority: 5 }],
      );
      await screen.close();
    });
  }
});
