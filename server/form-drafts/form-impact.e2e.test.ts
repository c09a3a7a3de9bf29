import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';

interface Use {
  readonly kind: string;
  readonly id: string;
  readonly elementId: string;
  readonly variable: string;
  readonly text: string;
}

forEachDialect((dialect) => {
  describe('what publishing a form does to others', () => {
    let test: TestApp;
    before(async () => (test = await startApp((await dialect.connect()).settings)));
    after(() => test.close());

    const PATH = '/api/forms/claim-check-set';
    const opened = async (path = PATH) => (await test.call('analyst', `GET ${path}`)).body;
    const save = async (revision: number, definition: unknown, path = PATH) => {
      const saved = await test.call('analyst', `PUT ${path}/draft`, { revision, definition });
      assert.equal(saved.status, 200);
      return saved.body.revision as number;
    };
    const publish = (revision: number, more = {}) =>
      test.call('analyst', `POST ${PATH}/publication`, { revision, note: '', ...more });

    it('names the process, the decision, the form and the template that read a field which goes, and waits for a yes', async () => {
      const { definition, revision } = await opened();
      const text = JSON.stringify(definition);
      for (const name of ['complete']) assert.ok(text.includes(`"${name}"`));
      const renamed = JSON.parse(text.replace(/\bcomplete\b/g, 'wholeSet')) as Record<string, unknown>;
      const next = await save(revision, renamed);
      const { changes, uses } = (await test.call('analyst', `GET ${PATH}/impact`)).body as {
        changes: { kind: string; field: string; breaking: boolean }[];
        uses: Use[];
      };
      const breaking = changes.filter((change) => change.breaking);
      assert.ok(breaking.length > 0);
      const gateway = uses.find(({ kind, text: said }) => kind === 'process' && said === 'complete = true');
      assert.deepEqual([gateway?.id, gateway?.variable], ['claim', 'complete']);

      const refused = await publish(next);
      assert.deepEqual([refused.status, refused.body.code], [409, 'conflict']);
      assert.ok(refused.body.errors.every((error: { keyword: string }) => error.keyword === 'breaking'));
      assert.equal((await opened()).published.version, 1, 'nothing was published');
      const wanted = await publish(next, { confirmBreaking: true });
      assert.deepEqual([wanted.status, wanted.body.version], [200, 2]);
    });

    it('tells the steps that show a form, each with what it lets people write', async () => {
      const { steps } = await opened();
      assert.deepEqual(
        steps.map((step: { processId: string; elementName: string }) => step.processId),
        ['claim'],
      );
      assert.ok(steps[0].elementName.length > 3);
      assert.equal(typeof steps[0].binding, 'object');
    });

    it('knows the process that the form starts', async () => {
      const path = '/api/forms/repair-request';
      const { definition, revision, steps } = await opened(path);
      assert.deepEqual(
        steps.map(({ processId, elementName }: { processId: string; elementName: string }) => [processId, elementName]),
        [['repair-request', 'Заявка отправлена']],
      );
      await save(revision, JSON.parse(JSON.stringify(definition).replace(/\bproduct\b/g, 'device')), path);
      const { uses } = (await test.call('analyst', `GET ${path}/impact`)).body as { uses: Use[] };
      const shown = uses.filter(({ kind, variable }) => kind === 'form' && variable === 'product');
      assert.deepEqual(
        shown.map(({ id }) => id),
        ['repair-triage', 'repair-report'],
      );
    });

    it('names the task that asks for the field by its name', async () => {
      const path = '/api/forms/claim-classify';
      const { definition, revision } = await opened(path);
      await save(revision, JSON.parse(JSON.stringify(definition).replace(/\bpriority\b/g, 'urgency')), path);
      const { uses } = (await test.call('analyst', `GET ${path}/impact`)).body as { uses: Use[] };
      const asked = uses.filter(({ elementId, text }) => elementId === 'ClassifyByHead' && text === 'priority');
      assert.deepEqual(
        asked.map(({ kind, id, variable }) => [kind, id, variable]),
        [['process', 'claim-intake', 'priority']],
      );
    });

    it('asks nothing where nobody can miss anything', async () => {
      const { definition, revision } = await opened();
      const titled = { ...(definition as object), title: { ru: 'Проверка комплекта', en: 'Set check' } };
      const next = await save(revision, titled);
      const impact = (await test.call('analyst', `GET ${PATH}/impact`)).body;
      assert.deepEqual([impact.changes.length, impact.uses], [1, []]);
      assert.equal((await publish(next)).status, 200);
    });
  });
});
