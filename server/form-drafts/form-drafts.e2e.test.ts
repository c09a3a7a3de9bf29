import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';

const FORM = {
  $schema: 'form/1',
  key: 'visit-request',
  title: { ru: 'Заявка на ремонт' },
  data: {
    type: 'object',
    required: ['serial'],
    properties: { serial: { type: 'string', format: 'serial', 'x-id': 'f_1' } },
  },
  i18n: { ru: { 'serial.label': 'Серийный номер' } },
};
const withTitle = (ru: string) => ({ ...FORM, title: { ru } });
const PATH = '/api/forms/visit-request';

forEachDialect((dialect) => {
  describe('drafts of forms', () => {
    let test: TestApp;
    beforeEach(async () => {
      test = await startApp((await dialect.connect()).settings);
      await test.app.users.addUser({
        username: 'second',
        name: 'Вера Вторая',
        password: 'correct horse battery',
        groups: [],
        roles: ['analyst'],
      });
    });
    afterEach(() => test.close());
    const save = (revision: number, definition: unknown, more = {}) =>
      test.call('analyst', `PUT ${PATH}/draft`, { revision, definition, ...more });
    const publish = (revision: number, note = '') =>
      test.call('analyst', `POST ${PATH}/publication`, { revision, note });

    it('keeps a draft, publishes it with a note as the next version, and goes on from there', async () => {
      const saved = await save(0, FORM, { sample: { serial: 'AB-1' } });
      assert.deepEqual([saved.status, saved.body.revision], [200, 1]);
      const listed = (await test.call('analyst', 'GET /api/forms')).body.items.find(
        (one: { formId: string }) => one.formId === FORM.key,
      );
      assert.deepEqual(
        [listed.title, listed.fields, listed.published, listed.draft.savedByName],
        ['Заявка на ремонт', 1, null, 'Марина Соколова'],
      );
      const first = await publish(1, 'Первая версия');
      assert.deepEqual([first.status, first.body.version, first.body.changed], [200, 1, true]);
      const opened = (await test.call('analyst', `GET ${PATH}`)).body;
      assert.deepEqual(
        [opened.changed, opened.revision, opened.sample, opened.published.version],
        [false, 2, { serial: 'AB-1' }, 1],
      );
      assert.deepEqual(opened.definition, FORM);
      await save(2, withTitle('Ремонт'));
      await publish(3, 'Короче');
      const versions = (await test.call('analyst', `GET ${PATH}/versions`)).body.items;
      assert.deepEqual(
        versions.map((one: { version: number; note: string; byName: string }) => [one.version, one.note, one.byName]),
        [
          [2, 'Короче', 'Марина Соколова'],
          [1, 'Первая версия', 'Марина Соколова'],
        ],
      );
      const back = await test.call('analyst', `POST ${PATH}/versions/1/publication`, { note: 'Возврат' });
      assert.deepEqual([back.status, back.body.version], [200, 3]);
      assert.deepEqual((await test.call('analyst', `GET ${PATH}`)).body.definition, FORM);
    });

    it('refuses to save or publish over what another person saved since, and says who it was', async () => {
      await save(0, FORM);
      const as = { authorization: `Basic ${Buffer.from('second:correct horse battery').toString('base64')}` };
      const theirs = await test.call(null, `PUT ${PATH}/draft`, { revision: 1, definition: withTitle('Её форма') }, as);
      assert.equal(theirs.status, 200);
      for (const refused of [await save(1, withTitle('Моя форма')), await publish(1)]) {
        assert.deepEqual(
          [refused.status, refused.body.code, refused.body.errors[0].params.name],
          [409, 'conflict', 'Вера Вторая'],
        );
      }
      assert.equal((await test.call('analyst', `GET ${PATH}`)).body.definition.title.ru, 'Её форма');
    });

    it('takes one of two first saves at once', async () => {
      const answers = await Promise.all([save(0, withTitle('Первая')), save(0, withTitle('Вторая'))]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    });

    it('answers a repeated save with what it said, and saves once', async () => {
      const key = { 'idempotency-key': 'save-1' };
      const body = { revision: 0, definition: FORM };
      const first = await test.call('analyst', `PUT ${PATH}/draft`, body, key);
      const again = await test.call('analyst', `PUT ${PATH}/draft`, body, key);
      assert.deepEqual(again.body, first.body);
    });

    it('gives a repeated publication the answer of the first, and publishes nothing more', async () => {
      await save(0, FORM);
      const send = (key: string, note = 'Первая') =>
        test.call('analyst', `POST ${PATH}/publication`, { revision: 1, note }, { 'idempotency-key': key });
      const [first, beside] = await Promise.all([send('one'), send('one')]);
      const again = await send('one');
      assert.deepEqual([first.status, first.body.version, first.body.revision], [200, 1, 2]);
      assert.deepEqual([beside.body, again.body], [first.body, first.body]);
      assert.equal((await send('one', 'Другая')).status, 409, 'the key belongs to another request');
      assert.equal((await send('two')).status, 409, 'a new request is made from an old revision');
      await save(2, withTitle('Ремонт'));
      await publish(3);
      const back = () =>
        test.call('analyst', `POST ${PATH}/versions/1/publication`, { note: 'Назад' }, { 'idempotency-key': 'back' });
      const returned = await back();
      assert.deepEqual((await back()).body, returned.body);
      assert.equal((await test.call('analyst', `GET ${PATH}/versions`)).body.items.length, 3);
    });

    it('has the note of a publication that died behind its deployment', async () => {
      await save(0, FORM);
      const { deployments } = test.app;
      const { deploy } = deployments;
      const dies: typeof deploy = async (request) => {
        await deploy(request);
        throw new Error('power cut');
      };
      Object.assign(deployments, { deploy: dies });
      assert.equal((await publish(1, 'Первая версия')).status, 500);
      Object.assign(deployments, { deploy });
      assert.deepEqual((await publish(1, 'Первая версия')).body.changed, false);
      const [version] = (await test.call('analyst', `GET ${PATH}/versions`)).body.items;
      assert.deepEqual([version.version, version.note, version.byName], [1, 'Первая версия', 'Марина Соколова']);
    });

    it('does not publish a form that cannot work, and names the field', async () => {
      const broken = { ...FORM, data: { ...FORM.data, properties: { serial: { type: 'strin', 'x-id': 'f_1' } } } };
      await save(0, broken);
      const { status, body } = await publish(1);
      assert.deepEqual([status, body.code], [422, 'form-unpublishable']);
      assert.equal(body.errors[0].params.field, 'serial');
      assert.match(body.errors[0].message, /«Серийный номер»/);
      assert.equal((await test.call('analyst', `GET ${PATH}`)).body.published, null);
    });

    it('discards a draft: what is published stands again, a form never published is gone', async () => {
      await save(0, FORM);
      assert.equal((await test.call('analyst', `DELETE ${PATH}/draft`)).status, 204);
      assert.equal((await test.call('analyst', `GET ${PATH}`)).status, 404);
      const revision = (await save(0, FORM)).body.revision;
      const published = (await publish(revision)).body;
      await save(published.revision, withTitle('Иначе'));
      await test.call('analyst', `DELETE ${PATH}/draft`);
      const opened = (await test.call('analyst', `GET ${PATH}`)).body;
      assert.deepEqual([opened.changed, opened.definition], [false, FORM]);
      // A tab that was left open with the old revision is told.
      assert.equal((await save(published.revision, FORM)).status, 409);
    });

    it('says what the server would say to data, and serves the validator of a draft', async () => {
      const evaluated = await test.call('analyst', 'POST /api/form-previews/evaluation', {
        definition: FORM,
        input: { other: 1 },
      });
      assert.deepEqual(
        evaluated.body.errors.map((one: { path: string; keyword: string }) => [one.path, one.keyword]),
        [['/serial', 'required']],
      );
      assert.deepEqual(evaluated.body.ignored, [{ path: '/other', reason: 'unknown' }]);
      const good = await test.call('analyst', 'POST /api/form-previews/evaluation', {
        definition: FORM,
        input: { serial: 'ab-1' },
      });
      assert.deepEqual([good.body.errors, good.body.variables], [[], { serial: 'AB-1' }]);
      const { validatorUrl } = (await test.call('analyst', 'POST /api/form-previews', { definition: FORM })).body;
      const module = await test.call('analyst', `GET ${validatorUrl}`);
      assert.match(module.body.toString(), /export const validate/);
    });
  });
});
