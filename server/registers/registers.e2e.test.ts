import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../database/connect.ts';
import { startApp, type Answer, type PersonName, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';
import { partsRegister } from './test/parts-register.ts';

forEachDialect((dialect) => {
  describe('registers', () => {
    let test: TestApp;
    const deploy = (changes: Readonly<Record<string, unknown>> = {}) =>
      test.app.deployments.deploy({
        resources: [{ name: 'parts.register.json', content: JSON.stringify(partsRegister(changes)) }],
        by: 'analyst',
      });
    const call = (
      who: PersonName,
      request: string,
      body?: unknown,
      headers?: Record<string, string>,
    ): Promise<Answer> => test.call(who, request, body, headers);
    const add = (values: Readonly<Record<string, unknown>>) =>
      call('analyst', 'POST /api/registers/spares/rows', { values });
    const articles = async (query: string): Promise<readonly string[]> =>
      (await call('analyst', `GET /api/registers/spares/rows?${query}`)).body.items.map(
        (row: { rowKey: string }) => row.rowKey,
      );

    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      await deploy();
      for (const [article, name, model, price] of [
        ['F-2', 'Фильтр тонкий', 'M-1', 9_900],
        ['f-10', 'фильтр грубый', 'M-2', 12_000],
        ['H-1', 'Ёмкость', 'M-1', 100_000],
        ['H-2', 'Насос «Ручей» 100%', null, 45_000],
      ] as const)
        assert.equal((await add({ article, name, model, price })).status, 201);
    });
    after(() => test.close());

    it('shows what the roles of the definition let each person see and do', async () => {
      const mine = async (who: PersonName) =>
        (await call(who, 'GET /api/registers')).body.items.find(
          (one: { registerKey: string }) => one.registerKey === 'spares',
        );
      assert.deepEqual(await mine('analyst'), { registerKey: 'spares', title: 'Запчасти', rows: 4, mayWrite: true });
      assert.equal((await mine('dispatcher')).mayWrite, false);
      assert.equal(await mine('logistics'), undefined);
      const answers = [
        await call('dispatcher', 'POST /api/registers/spares/rows', { values: {} }),
        await call('logistics', 'GET /api/registers/spares/rows'),
        await call('logistics', 'GET /api/registers/spares'),
        await call('logistics', 'POST /api/registers/spares/suggestions', {}),
        await call('logistics', 'GET /api/registers/spares/rows/F-2/history'),
        await call('analyst', 'GET /api/registers/nothing'),
      ];
      assert.deepEqual(
        answers.map(({ status }) => status),
        [403, 404, 404, 404, 404, 404],
      );
    });

    it('finds by part of a text, sorts numbers as numbers and letters without regard to their size, page by page', async () => {
      assert.deepEqual(await articles('search=ФИЛЬТР'), ['f-10', 'F-2']);
      assert.deepEqual(await articles('search=емк'), ['H-1']);
      assert.deepEqual(await articles('search=100%25'), ['H-2']);
      assert.deepEqual(await articles('search=тонкий+фильтр'), ['F-2']);
      assert.deepEqual(await articles('sort=price'), ['F-2', 'f-10', 'H-2', 'H-1']);
      assert.deepEqual(await articles('sort=price&order=desc'), ['H-1', 'H-2', 'f-10', 'F-2']);
      assert.deepEqual(await articles('sort=name'), ['H-1', 'H-2', 'f-10', 'F-2']);
      assert.deepEqual(await articles(`where=${encodeURIComponent('{"model":"M-1"}')}`), ['F-2', 'H-1']);
      assert.deepEqual(await articles(`where=${encodeURIComponent('{"model":""}')}`), ['H-2']);
      for (const order of ['asc', 'desc']) {
        const whole = await articles(`sort=model&order=${order}`);
        const walked: string[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const { body } = await call(
            'analyst',
            `GET /api/registers/spares/rows?sort=model&order=${order}&limit=1&cursor=${cursor}`.replace(
              /&cursor=$/,
              '',
            ),
          );
          walked.push(body.items[0].rowKey);
          assert.equal(body.total, 4);
          cursor = body.nextCursor;
        }
        assert.deepEqual(walked, whole);
      }
      const refused = await call('analyst', 'GET /api/registers/spares/rows?sort=active');
      assert.deepEqual([refused.status, /индекс/.test(refused.body.detail)], [400, true]);
    });

    it('checks a row as a form is checked, with an error at each field', async () => {
      const { status, body } = await add({ article: ' ', price: -1, colour: 'red' });
      assert.equal(status, 422);
      assert.deepEqual(
        body.errors.map(({ path, keyword }: { path: string; keyword: string }) => `${path} ${keyword}`),
        ['/article required', '/name required', '/price minimum'],
      );
      assert.deepEqual((await add({ article: 'F-2', name: 'Другой', price: 1 })).body.errors[0].path, '/article');
      const twice = await add({ article: 'F-3', name: 'Третий', price: 1, barcode: '4600000000017' });
      assert.equal(twice.status, 201);
      const taken = await add({ article: 'F-4', name: 'Четвёртый', price: 1, barcode: '4600000000017' });
      assert.deepEqual(
        [taken.status, taken.body.errors[0].path, /«F-3»/.test(taken.body.errors[0].message)],
        [422, '/barcode', true],
      );
      const unknown = await add({ article: 'F-5', name: 'Пятый', price: 1, replaces: 'X-0' });
      assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, '/replaces']);
      assert.equal((await add({ article: 'F-5', name: 'Пятый\u0000', price: 1 })).status, 400);
    });

    it('keeps the newer of two edits and tells both values of what differs', async () => {
      await add({ article: 'V-1', name: 'Вентиль', price: 100 });
      const put = (values: object, version: number, headers?: Record<string, string>) =>
        call('analyst', 'PUT /api/registers/spares/rows/V-1', { values, version }, headers);
      const once = { 'idempotency-key': 'edit-1' };
      const first = await put({ price: 110 }, 1, once);
      assert.deepEqual([first.status, first.body.version, first.body.values.price], [200, 2, 110]);
      assert.deepEqual((await put({ price: 110 }, 1, once)).body.version, 2, 'the same request again is the same edit');
      const late = await put({ price: 120, name: 'Вентиль шаровой' }, 1);
      assert.equal(late.status, 409);
      assert.deepEqual(
        late.body.errors.map(({ path, params }: { path: string; params: object }) => [path, params]),
        [
          ['', { version: 2 }],
          ['/name', { stored: 'Вентиль', sent: 'Вентиль шаровой' }],
          ['/price', { stored: 110, sent: 120 }],
        ],
      );
      assert.equal((await put({ article: 'V-2' }, 2)).body.errors[0].keyword, 'key');
      assert.equal((await put({ price: 110 }, 2)).body.version, 2, 'nothing changed, so it is no new version');
    });

    it('tells who changed what and when, also after the row was deleted and came back', async () => {
      const row = { article: 'D-1', name: 'Датчик', price: 5 };
      await add(row);
      test.advance(60_000);
      await call('analyst', 'PUT /api/registers/spares/rows/D-1', { values: { price: 6 }, version: 1 });
      assert.equal((await call('analyst', 'DELETE /api/registers/spares/rows/D-1?version=1')).status, 409);
      assert.equal((await call('analyst', 'DELETE /api/registers/spares/rows/D-1?version=2')).status, 204);
      assert.equal((await call('analyst', 'GET /api/registers/spares/rows/D-1')).status, 404);
      assert.equal((await add({ ...row, price: 6 })).body.version, 4);
      const { items } = (await call('analyst', 'GET /api/registers/spares/rows/D-1/history')).body;
      assert.deepEqual(
        items.map(({ kind, version, by }: Record<string, unknown>) => [kind, version, by]),
        [
          ['created', 4, 'Марина Соколова'],
          ['deleted', 3, 'Марина Соколова'],
          ['updated', 2, 'Марина Соколова'],
          ['created', 1, 'Марина Соколова'],
        ],
      );
      assert.deepEqual(items[2].changes, [{ field: 'price', from: 5, to: 6 }]);
    });

    it('two people who create the same row at once: one row, one error at the key', async () => {
      const answers = await Promise.all([1, 2, 3].map((price) => add({ article: 'R-1', name: 'Реле', price })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422, 422]);
    });

    it('suggests rows that the filter of the form lets through', async () => {
      const suggest = async (query: object) =>
        (await call('dispatcher', 'POST /api/registers/spares/suggestions', query)).body;
      const of = async (query: object) => (await suggest(query)).items.map((one: { value: string }) => one.value);
      assert.deepEqual(await of({ search: 'ф', filter: 'model = form.model', form: { model: 'M-1' } }), ['F-2']);
      assert.deepEqual(await of({ filter: 'price > parent.from and model != null', form: { from: 10_000 } }), [
        'H-1',
        'f-10',
      ]);
      const { items } = await suggest({ values: ['F-2'], label: 'model', fields: ['price', 'barcode'] });
      assert.deepEqual(items, [{ value: 'F-2', label: 'M-1', values: { price: 9_900, barcode: null } }]);
      assert.equal(
        (await call('dispatcher', 'POST /api/registers/spares/suggestions', { filter: 'model = ' })).status,
        400,
      );
    });

    it('a changed definition names the stored rows that it no longer lets in, and leaves everything as it was', async () => {
      const { data } = partsRegister() as { data: { properties: Record<string, object> } };
      const cheap = {
        ...data,
        properties: { ...data.properties, price: { ...data.properties['price'], maximum: 50_000 } },
      };
      await assert.rejects(deploy({ data: cheap }), /The row "H-1" does not fit: .*Price/);
      await assert.rejects(deploy({ keyField: 'name' }), /key field was "article"/);
      await assert.rejects(deploy({ access: { read: ['boss'], write: ['analyst'] } }), /no role "boss"/);
      await assert.rejects(deploy({ unique: ['model'] }), /"model" has the value "m-1" in 2 rows/);
      await deploy({ indexes: ['name', 'barcode'], display: { label: 'article', search: ['model'] } });
      assert.deepEqual(await articles('search=m-1'), ['F-2', 'H-1']);
      assert.equal((await call('analyst', 'GET /api/registers/spares/rows?sort=model')).status, 400);
      await deploy({ version: 2 });
      assert.deepEqual(await articles('search=емк'), ['H-1']);
      const names = await queryRows<{ name: string }>(readerOf(test.database), test.database.dialect.listIndexes, [
        'register_row',
      ]);
      assert.equal(
        names.filter(({ name }) => name.startsWith('register_') && /_(sort|unique)_/.test(name)).length >= 6,
        true,
      );
    });
  });
});
