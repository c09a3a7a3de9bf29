import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';

interface Told {
  readonly name: string;
  readonly type: unknown;
  readonly field: { readonly schema: Readonly<Record<string, unknown>>; readonly texts: object } | null;
  readonly sources: readonly { readonly process: string; readonly kind: string; readonly name: string }[];
}

forEachDialect((dialect) => {
  describe('what the processes of a form know beside it', () => {
    let test: TestApp;
    before(async () => (test = await startApp((await dialect.connect()).settings)));
    after(() => test.close());
    const variablesOf = async (formId: string): Promise<ReadonlyMap<string, Told>> => {
      const { items } = (await test.call('analyst', `GET /api/forms/${formId}/variables`)).body;
      return new Map((items as readonly Told[]).map((one) => [one.name, one]));
    };

    it('offers the fields of other forms as they are there, without rules that speak of those forms', async () => {
      const known = await variablesOf('support-answer');
      const format = known.get('format')!;
      assert.deepEqual(format.sources, [
        { process: 'Карточка обращения в поддержку', kind: 'form', name: 'Зарегистрировать' },
      ]);
      assert.deepEqual(format.type, {
        kind: 'string',
        choices: ['consultation', 'malfunction', 'praise', 'complaint', 'other'],
      });
      assert.deepEqual(Object.keys(format.field!.schema), ['type', 'enum']);
      assert.deepEqual((format.field!.texts as Record<string, unknown>)['options.praise'], {
        ru: 'Похвала',
        en: 'Praise',
      });
      assert.deepEqual(known.get('externalId')!.field!.schema, { type: 'string', maxLength: 100 });
    });

    it('knows what steps write and what comes from outside, and not what is local to a connector', async () => {
      const known = await variablesOf('support-register');
      assert.deepEqual(known.get('email')?.sources, [
        { process: 'Карточка обращения в поддержку', kind: 'outside', name: '' },
      ]);
      assert.equal(
        known.get('supportResult')?.sources.some(({ kind }) => kind === 'element'),
        true,
      );
      for (const local of ['to', 'inReplyTo', 'attachments', 'loopCounter'])
        assert.equal(known.has(local), false, local);
      assert.equal((await variablesOf('repair-request')).has('decision'), true, 'of the process that the form starts');
      assert.deepEqual([...(await variablesOf('nobody')).keys()], []);
    });
  });
});
