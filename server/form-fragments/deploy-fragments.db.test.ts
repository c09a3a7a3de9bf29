import assert from 'node:assert/strict';
import { InvalidDeployment } from '../deployments/invalid-deployment.ts';
import { readPack } from '../packs/read-pack.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createFormFragments, type FormFragments } from './form-fragments.ts';

forEachDialect((dialect) => {
  describe('fragments that come with a pack', () => {
    let runtime: TestRuntime;
    let fragments: FormFragments;
    let file: { readonly name: string; readonly content: string };
    before(async () => {
      runtime = await openRuntime(dialect);
      file = (await readPack('fragments')).find(({ name }) => name.endsWith('counterparty.fragment.json'))!;
    });
    after(() => runtime.drop());
    beforeEach(async () => {
      fragments = createFormFragments({ database: runtime.database, now: () => 1 });
    });

    const deploy = (content: string, id: string) =>
      runtime.deployments.deploy({ resources: [{ name: `mine/${id}.fragment.json`, content }], by: null });
    const entitled = (title: string) => file.content.replace('Реквизиты контрагента', title);
    const shown = async (id: string) =>
      (await fragments.list()).items.filter(({ fragmentId }) => fragmentId === id).map(({ title }) => title);
    const by = { by: 'analyst', command: null };

    it('stand in the palette, once, and follow a new release while nobody has touched them', async () => {
      assert.equal((await deploy(entitled('Реквизиты'), 'one')).changed, true);
      assert.equal((await deploy(entitled('Реквизиты'), 'one')).changed, false);
      const [kept] = (await fragments.list()).items;
      assert.deepEqual([kept?.fragmentId, kept?.title, kept?.savedByName], ['one', 'Реквизиты', null]);
      await deploy(entitled('Реквизиты стороны'), 'one');
      assert.deepEqual(await shown('one'), ['Реквизиты стороны']);
    });

    it('stay as an analyst has left them: changed, renamed or deleted', async () => {
      for (const id of ['changed', 'deleted']) await deploy(entitled('Поставка'), id);
      const { content } = (await fragments.list()).items.find(({ fragmentId }) => fragmentId === 'changed')!;
      await fragments.save({ ...by, fragmentId: 'changed', title: 'Моя', content: { ...content, required: ['inn'] } });
      await fragments.delete({ ...by, fragmentId: 'deleted' });
      for (const id of ['changed', 'deleted']) assert.equal((await deploy(entitled('Новая'), id)).changed, true);
      assert.deepEqual([await shown('changed'), await shown('deleted')], [['Моя'], []]);
      await fragments.save({ ...by, fragmentId: 'own', title: 'Своя', content });
      await deploy(entitled('Поставка'), 'own');
      assert.deepEqual(await shown('own'), ['Своя'], 'an id that an analyst has taken is theirs');
    });

    it('are refused with their place when they are no piece of a form', async () => {
      const wrong = {
        nothing: '{}',
        untitled: file.content.replace(/ {2}"title".*\n/, ''),
        stray: file.content.replace('"format": "kpp"', '"format": "kppp"'),
        more: file.content.replace('"required"', '"needed"'),
      };
      for (const [id, content] of Object.entries(wrong))
        await assert.rejects(deploy(content, id), InvalidDeployment, `${id} is refused`);
      await assert.rejects(deploy(file.content, 'два слова'), /Name it <id>\.fragment\.json/);
      assert.deepEqual(await shown('stray'), []);
    });
  });
});
