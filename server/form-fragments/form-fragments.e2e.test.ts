import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';

const CONTENT = {
  $schema: 'form-fragment/1',
  layout: [{ type: 'Control', scope: '#/properties/owner' }],
  properties: { owner: { type: 'string', 'x-visible': 'kind = "b2c"' } },
  required: ['owner'],
  i18n: { ru: { 'owner.label': 'Владелец' } },
};

forEachDialect((dialect) => {
  describe('fragments of forms', () => {
    let test: TestApp;
    beforeEach(async () => {
      test = await startApp((await dialect.connect()).settings);
      // Those of the packs have a test of their own (deploy-fragments.db.test.ts).
      const { items } = (await test.call('analyst', 'GET /api/form-fragments')).body;
      for (const { fragmentId } of items) await test.call('analyst', `DELETE /api/form-fragments/${fragmentId}`);
    });
    afterEach(() => test.close());
    const put = (id: string, title: string, content: unknown = CONTENT) =>
      test.call('analyst', `PUT /api/form-fragments/${id}`, { title, content });
    const titles = async () =>
      (await test.call('analyst', 'GET /api/form-fragments')).body.items.map((one: { title: string }) => one.title);

    it('keeps a piece under a name, gives it another, deletes it and takes it back', async () => {
      assert.equal((await put('f_1', ' Владелец ')).status, 204);
      await put('f_2', 'Адрес');
      const { items } = (await test.call('analyst', 'GET /api/form-fragments')).body;
      assert.deepEqual(
        items.map((one: Record<string, unknown>) => [one['fragmentId'], one['title'], one['savedByName']]),
        [
          ['f_2', 'Адрес', 'Марина Соколова'],
          ['f_1', 'Владелец', 'Марина Соколова'],
        ],
      );
      assert.deepEqual(items[1].content, CONTENT);
      await put('f_1', 'Заказчик');
      assert.deepEqual(await titles(), ['Адрес', 'Заказчик']);
      assert.equal((await test.call('analyst', 'DELETE /api/form-fragments/f_1')).status, 204);
      assert.equal((await test.call('analyst', 'DELETE /api/form-fragments/f_1')).status, 204, 'gone is gone');
      assert.deepEqual(await titles(), ['Адрес']);
      await put('f_1', 'Заказчик');
      assert.deepEqual(await titles(), ['Адрес', 'Заказчик']);
    });

    it('takes nothing that is no piece of a form', async () => {
      for (const [title, content] of [
        [' ', CONTENT],
        ['А', { ...CONTENT, $schema: 'form/1' }],
        ['А', { ...CONTENT, layout: [] }],
        ['А', { ...CONTENT, layout: ['x'] }],
        ['А', { ...CONTENT, i18n: { ru: { a: 1 } } }],
        ['А', { ...CONTENT, more: 1 }],
      ] as const)
        assert.equal((await put('f_1', title, content)).status, 400, JSON.stringify([title, content]));
      assert.deepEqual(await titles(), []);
    });

    it('keeps a hundred of them, and says so', async () => {
      for (let number = 0; number < 100; number += 1) await put(`f_${number}`, `Заготовка ${number}`);
      const refused = await put('more', 'Ещё одна');
      assert.equal(refused.status, 409);
      assert.match(refused.body.detail, /Заготовок уже 100/);
      assert.equal((await put('f_7', 'Другое имя')).status, 204, 'one of them may still change');
    });
  });
});
