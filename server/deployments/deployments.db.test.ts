import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createDefinitions } from '../runtime/definitions.ts';
import { bpmn, callActivity, sequence, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { InvalidDeployment, type DeploymentProblem } from './invalid-deployment.ts';
import type { DeployedFile } from './read-resource.ts';

const CALENDARS = new URL('../../processes/calendars/', import.meta.url);
const calendarFiles = (): readonly DeployedFile[] =>
  readdirSync(CALENDARS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name: `calendars/${name}`,
      content: readFileSync(new URL(name, CALENDARS), 'utf8'),
    }));

const form = (key: string, title = 'Форма'): DeployedFile => ({
  name: `${key}.form.json`,
  content: JSON.stringify({
    $schema: 'form/1',
    key,
    title: { ru: title, en: 'Form' },
    data: { type: 'object', required: [], properties: { note: { type: 'string' } } },
    i18n: { ru: { 'note.label': 'Заметка' }, en: { 'note.label': 'Note' } },
  }),
});
const withForm = (id: string, formId: string, binding = 'latest'): DeployedFile => ({
  name: `${id}.bpmn`,
  content: bpmn(id, sequence(userTask('fill', `<zeebe:formDefinition formId="${formId}" bindingType="${binding}"/>`))),
});

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());

  const deploy = (...resources: readonly DeployedFile[]) => runtime.deployments.deploy({ resources, by: 'analyst' });
  const versions = ({ definitions }: Awaited<ReturnType<typeof deploy>>): readonly string[] =>
    definitions.map(({ id, version }) => `${id} ${version}`);
  const problemsOf = async (...resources: readonly DeployedFile[]): Promise<readonly DeploymentProblem[]> => {
    const count = async () => (await runtime.rows('SELECT 1 FROM definition')).length;
    const before = await count();
    const problems = await deploy(...resources).then(
      () => [],
      (error: unknown) => {
        assert.ok(error instanceof InvalidDeployment, String(error));
        return error.problems;
      },
    );
    assert.equal(await count(), before, 'nothing is stored');
    return problems;
  };

  it('gives no new version to what has not changed, and one to every file when one has (Camunda 8, #19859)', async () => {
    const files = [withForm('a', 'note', 'deployment'), form('note')] as const;
    const first = await deploy(...files);
    assert.deepEqual(versions(first), ['a 1', 'note 1']);
    const again = await deploy(...files);
    assert.deepEqual(
      [again.changed, again.deploymentKey, versions(again)],
      [false, first.deploymentKey, ['a 1', 'note 1']],
    );
    const second = await deploy(files[0], form('note', 'Новая форма'));
    assert.deepEqual([second.changed, versions(second)], [true, ['a 2', 'note 2']]);

    const forms = await Promise.all(
      [first, second].map(async ({ definitions }) => {
        const { processInstanceKey } = await runtime.runner.start({
          processDefinitionKey: definitions[0]!.definitionKey,
          variables: {},
          by: null,
        });
        const [task] = await runtime.rows('SELECT form FROM user_task WHERE process_instance_key = ?', [
          processInstanceKey,
        ]);
        const { formKey } = JSON.parse(String(task!.form)) as { formKey: number };
        return (await runtime.definitions.form(formKey)).model.title.ru;
      }),
    );
    assert.deepEqual(forms, ['Форма', 'Новая форма'], 'each version keeps the form deployed with it');
  });

  it('versions two deployments at once without gaps or doubles', async () => {
    const make = (n: number) => deploy({ name: 'many.bpmn', content: bpmn('many', sequence(userTask(`task${n}`))) });
    const results = await Promise.all([1, 2, 3, 4].map(make));
    assert.deepEqual(results.map((one) => one.definitions[0]!.version).sort(), [1, 2, 3, 4]);
  });

  it('refuses everything when anything is wrong, and says all of it', async () => {
    const problems = await problemsOf(
      { name: 'broken.bpmn', content: '<bpmn' },
      { name: 'broken.form.json', content: '{' },
      { name: 'broken.dmn', content: '<!DOCTYPE x><definitions/>' },
      { name: 'picture.png', content: '' },
      form('fine'),
    );
    assert.deepEqual([...new Set(problems.map(({ resource }) => resource))].sort(), [
      'broken.bpmn',
      'broken.dmn',
      'broken.form.json',
      'picture.png',
    ]);
    for (const { message, remedy } of problems) assert.ok(message.length > 0 && remedy.length > 0);
    assert.equal((await problemsOf())[0]!.code, 'no-resources');
  });

  it('refuses references to what nobody deployed, naming the element', async () => {
    const call = { name: 'caller.bpmn', content: bpmn('caller', sequence(callActivity('call', 'nowhere'))) };
    const problems = await problemsOf(withForm('b', 'missing'), call);
    assert.deepEqual(
      problems.map(({ resource, code, elementId }) => [resource, code, elementId]),
      [
        ['b.bpmn', 'unknown-form', 'fill'],
        ['caller.bpmn', 'unknown-process', 'call'],
      ],
    );
    await deploy(form('later'));
    assert.deepEqual(
      (await problemsOf(withForm('b', 'later', 'deployment'))).map(({ code }) => code),
      ['unknown-form'],
    );
    assert.deepEqual(versions(await deploy(withForm('b', 'later'))), ['b 1']);
  });

  it('refuses two definitions of one id', async () => {
    const twin = { ...withForm('twin', 'later'), name: 'other.bpmn' };
    assert.deepEqual(
      (await problemsOf(withForm('twin', 'later'), twin)).map(({ code }) => code),
      ['duplicate-id'],
    );
  });

  it('makes calendars known to deadlines, and refuses a calendar that nobody deployed', async () => {
    const withDeadline = (calendar: string): DeployedFile => ({
      name: 'deadline.bpmn',
      content: bpmn(
        'deadline',
        sequence(userTask('do', `<reglament:deadline duration="P1WD" calendar="${calendar}"/>`)),
      ),
    });
    const [unknown] = await problemsOf(withDeadline('ru-office'));
    assert.equal(unknown?.code, 'unknown-calendar');
    await deploy(...calendarFiles());
    assert.ok(runtime.definitions.calendars.ids.includes('ru-office'));
    assert.equal((await deploy(...calendarFiles())).changed, false);
    const { definitions } = await deploy(withDeadline('ru-office'));
    const { processInstanceKey } = await runtime.runner.start({
      processDefinitionKey: definitions[0]!.definitionKey,
      variables: {},
      by: null,
    });
    const [task] = await runtime.rows('SELECT sort_due_at FROM user_task WHERE process_instance_key = ?', [
      processInstanceKey,
    ]);
    assert.equal(new Date(task!.sort_due_at as number).toISOString(), '2026-11-24T15:00:00.000Z');
    const broken = { name: 'calendars/ru-2026.calendar.json', content: '{"calendar":"ru","year":"?"}' };
    assert.deepEqual(
      (await problemsOf(broken)).map(({ code, resource }) => [code, resource]),
      [['invalid-calendar', broken.name]],
    );
  });

  it('keeps templates with their text, in versions of their own', async () => {
    const template = (content: string): DeployedFile => ({ name: 'claim-intake/answer.hbs', content });
    await deploy(template('<p>{{a}}</p>'));
    const { definitions } = await deploy(template('<p>{{b}}</p>'), form('note', 'Новая форма'));
    assert.deepEqual(
      definitions.map(({ kind, id, version }) => `${kind} ${id} ${version}`),
      ['template claim-intake/answer 2', 'form note 2'],
    );
    assert.equal(await runtime.definitions.content(definitions[0]!.definitionKey), '<p>{{b}}</p>');
  });

  it('is seen by another node at its next look', async () => {
    const other = await createDefinitions({ database: runtime.database });
    const key = await runtime.deployProcess(bpmn('news', sequence(userTask('read'))));
    assert.equal(other.catalog.latest('process', 'news'), undefined);
    await other.refresh();
    assert.equal(other.catalog.latest('process', 'news')?.definitionKey, key);
    assert.equal((await other.execution(key)).model.processId, 'news');
  });
});
