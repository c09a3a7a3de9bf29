import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import { deflateRawSync } from 'node:zlib';
import { startApp, type Answer, type TestApp } from '../../http/test/start-app.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { partsRegister } from '../test/parts-register.ts';

forEachDialect((dialect) => {
  describe('files of register rows', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      const content = JSON.stringify(partsRegister());
      await test.app.deployments.deploy({ resources: [{ name: 'parts.register.json', content }], by: null });
    });
    after(() => test.close());

    const send = (path: string, bytes: Buffer | string, headers?: Record<string, string>): Promise<Answer> => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(Buffer.from(bytes))]), 'rows.bin');
      return test.call('analyst', `POST /api/registers/spares/${path}`, form, headers);
    };
    const load = (mode: string, bytes: Buffer | string, headers?: Record<string, string>) =>
      send(`import?mode=${mode}`, bytes, headers);
    const values = async (article: string) =>
      (await test.call('analyst', `GET /api/registers/spares/rows/${encodeURIComponent(article)}`)).body.values;
    const counts = ({ body }: Answer) => [body.applied, body.created, body.updated, body.unchanged, body.bad];

    const CSV =
      'Артикул;Название;Цена;В продаже;Ещё\r\nА-1;"Фильтр ""грубый""";1 234,50;да;x\r\nА-2;Насос;10;нет;y\r\n';

    it('shows first what would become of a file, then loads it; the same file again changes nothing', async () => {
      const preview = await load('preview', CSV);
      assert.deepEqual(counts(preview), [false, 2, 0, 0, 0]);
      assert.deepEqual(
        preview.body.columns.map(({ field }: { field: string | null }) => field),
        ['article', 'name', 'price', 'active', null],
      );
      assert.equal((await test.call('analyst', 'GET /api/registers/spares/rows')).body.total, 0);
      assert.deepEqual(counts(await load('all', CSV)), [true, 2, 0, 0, 0]);
      assert.deepEqual(await values('А-1'), { article: 'А-1', name: 'Фильтр "грубый"', price: 123_450, active: true });
      assert.deepEqual(counts(await load('all', CSV)), [true, 0, 0, 2, 0]);
      const { items } = (
        await test.call('analyst', `GET /api/registers/spares/rows/${encodeURIComponent('А-1')}/history`)
      ).body;
      assert.deepEqual(
        items.map(({ origin }: { origin: string }) => origin),
        ['import'],
      );
    });

    it('reads Windows-1251 with commas, and a file only has the columns it has: the rest of a row stays', async () => {
      const bytes = Buffer.from(
        [...'Артикул,Цена\nА-1,"99,90"\n'].map((sign) => {
          const code = sign.charCodeAt(0);
          return code < 128 ? code : code - 0x410 + 0xc0;
        }),
      );
      assert.deepEqual(counts(await load('all', bytes)), [true, 0, 1, 0, 0]);
      assert.deepEqual([(await values('А-1')).price, (await values('А-1')).name], [9_990, 'Фильтр "грубый"']);
    });

    it('takes none when one is bad, or the good ones when asked; the bad ones come back as a file with why', async () => {
      const bad = 'Артикул;Название;Цена\nБ-1;Вал;1\nБ-2;;2\nБ-3;Вал;много\nБ-4;Вал;1,234\nБ-1;Вал ещё;3\nБ-5;=1+1;5\n';
      const none = await load('all', bad);
      assert.deepEqual(counts(none), [false, 2, 0, 0, 4]);
      assert.deepEqual(
        none.body.errors.map(({ line, field, value }: Record<string, unknown>) => [line, field, value]),
        [
          [3, 'name', ''],
          [4, 'price', 'много'],
          [5, 'price', '1,234'],
          [6, 'article', 'Б-1'],
        ],
      );
      assert.equal(await values('Б-1'), undefined);
      const file = (await send('import/bad-rows', bad)).body.toString('utf8') as string;
      assert.match(
        file,
        /^\ufeffАртикул;Название;Цена;Строка файла;Ошибка\r\nБ-2;;2;3;Заполните поле «Название»\.\r\n/,
      );
      assert.equal(file.trim().split('\r\n').length, 5);
      assert.deepEqual(counts(await load('good', bad)), [true, 2, 0, 0, 4]);
      assert.equal((await values('Б-5')).name, '=1+1');
    });

    it('numbers lines as an editor does: empty ones and those within a cell count', async () => {
      const report = await load('preview', 'Артикул;Название;Цена\n\nЛ-1;"Вал\nдлинный";1\n;;\nЛ-2;Вал;много\n');
      assert.deepEqual(
        report.body.errors.map(({ line }: { line: number }) => line),
        [6],
      );
    });

    it('lets a period end and another begin in one file, and names the row that two others leave no room for', async () => {
      const day = { type: 'string', format: 'date' };
      const tariffs = {
        ...partsRegister(),
        key: 'tariffs',
        // Excel keeps this name for itself.
        title: { ru: 'History' },
        data: {
          type: 'object',
          required: ['code', 'work'],
          properties: { code: { type: 'string' }, work: { type: 'string' }, from: day, to: day },
        },
        i18n: { ru: { 'code.label': 'Код', 'work.label': 'Работа', 'from.label': 'С', 'to.label': 'По' } },
        keyField: 'code',
        indexes: ['work'],
        unique: [],
        display: {},
        effective: { from: 'from', to: 'to', within: ['work'] },
      };
      await test.app.deployments.deploy({
        resources: [{ name: 'tariffs.register.json', content: JSON.stringify(tariffs) }],
        by: null,
      });
      const bring = (lines: string): Promise<Answer> => {
        const form = new FormData();
        form.append('file', new Blob([`Код;Работа;С;По\n${lines}`]), 'tariffs.csv');
        return test.call('analyst', 'POST /api/registers/tariffs/import?mode=good', form);
      };
      assert.deepEqual(counts(await bring('A;W;01.01.2026;31.12.2026')), [true, 1, 0, 0, 0]);
      const moved = await bring('A;V;01.01.2026;31.12.2026\nB;W;01.01.2026;\nC;W;01.06.2026;\nD;V;01.01.2027;');
      assert.deepEqual(counts(moved), [true, 2, 1, 0, 1]);
      const [{ line, message }] = moved.body.errors;
      assert.deepEqual([line, /«B»/.test(message)], [4, true]);
      assert.equal((await test.call('analyst', 'GET /api/registers/tariffs/export?format=xlsx')).status, 200);
    });

    it('exports what the filters let through: typed in Excel, no formulas in CSV, and both load back unchanged', async () => {
      const csv = (await test.call('analyst', 'GET /api/registers/spares/export?format=csv&search=б-')).body as Buffer;
      assert.equal(csv.toString('utf8').split('\r\n')[2], "Б-5;'=1+1;;5,00;;;");
      assert.deepEqual(counts(await load('all', csv)), [true, 0, 0, 2, 0]);
      const xlsx = (await test.call('analyst', 'GET /api/registers/spares/export?format=xlsx&sort=price'))
        .body as Buffer;
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(xlsx as unknown as ArrayBuffer);
      const sheet = workbook.worksheets[0]!;
      assert.equal(sheet.name, 'Запчасти');
      assert.equal(sheet.getCell('B3').value, '=1+1');
      assert.equal(typeof sheet.getCell('D2').value, 'number');
      assert.match(sheet.getCell('D2').numFmt, /₽/);
      assert.deepEqual(counts(await load('all', xlsx)), [true, 0, 0, 4, 0]);
    });

    it('judges a file by what it holds: no table, a broken archive, a bomb and a foreign archive are refused in words', async () => {
      const says = async (bytes: Buffer | string): Promise<string> => {
        const { status, body } = await load('preview', bytes);
        assert.equal(status, 422);
        return body.detail as string;
      };
      assert.match(await says(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])), /не Excel и не CSV/);
      assert.match(await says('Артикул;Название'), /нет строк/);
      assert.match(await says('a;"b\nc'), /кавычка/);
      assert.match(await says(Buffer.from('PK\u0003\u0004сломано')), /повреждён/);
      const bomb = Buffer.alloc(300 * 1024 * 1024);
      assert.match(await says(zipOf({ 'word/document.xml': Buffer.from('x') })), /не Excel/);
      assert.match(await says(zipOf({ 'xl/workbook.xml': bomb })), /слишком большой объём/);
      // The reader of workbooks takes every entry of the directory, however few it says it has.
      const hidden = zipOf({ 'xl/workbook.xml': Buffer.from('x'), 'xl/worksheets/sheet1.xml': bomb }, 1);
      assert.match(await says(hidden), /слишком большой объём/);
      const shifted = Buffer.concat([Buffer.from('PK'), zipOf({ 'xl/workbook.xml': Buffer.from('x') })]);
      assert.match(await says(shifted), /повреждён/);
      assert.equal((await send('import?mode=preview&mapping=%5B%22colour%22%5D', CSV)).status, 400);
    });

    it('asks for the right to write', async () => {
      const form = new FormData();
      form.append('file', new Blob(['a;b\n1;2']), 'x.csv');
      assert.equal((await test.call('dispatcher', 'POST /api/registers/spares/import?mode=all', form)).status, 403);
      assert.equal((await test.call('dispatcher', 'GET /api/registers/spares/export?format=csv')).status, 200);
      assert.equal((await test.call('logistics', 'GET /api/registers/spares/export?format=csv')).status, 404);
    });
  });
});

/** An archive whose directory lies about the sizes of its entries, and about their number where one is given. */
function zipOf(entries: Readonly<Record<string, Buffer>>, count = Object.keys(entries).length): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(10, 22);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30, 'latin1');
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(10, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46, 'latin1');
    locals.push(local, packed);
    directory.push(entry);
    at += local.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
