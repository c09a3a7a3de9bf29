import assert from 'node:assert/strict';
import { perform, startHistory, type EditHistory } from '../../commands/edit-history.ts';
import type { FormCommand } from '../../commands/form-command.ts';
import { controlOf, fieldNamed } from '../document/document-tree.ts';
import { readDocument } from '../document/read-document.ts';
import { templateForm } from '../form-templates.ts';
import { compareForms } from './compare-forms.ts';

describe('differences between two versions of a form', () => {
  const before = readDocument(templateForm('request', { key: 'r', title: 'Р' }));
  let history: EditHistory;
  const run = (command: FormCommand): void => {
    history = perform(history, command, { now: 0, stableId: () => 'f_new' }).history;
  };
  const id = (name: string): string => fieldNamed(history.document, name)!.id;
  const changes = () => compareForms(before, history.document);
  beforeEach(() => {
    history = startHistory(before);
  });

  it('are none after everything was undone', () => {
    assert.deepEqual(changes(), []);
  });

  it('know a renamed field by its identity, and that a rename breaks what reads it', () => {
    run({ kind: 'rename', fieldId: id('topic'), name: 'matter' });
    assert.deepEqual(
      changes().filter(({ kind }) => kind !== 'changed'),
      [{ kind: 'renamed', label: 'Тема', was: 'topic', now: 'matter', breaking: true }],
    );
  });

  it('tell a field that was added, and one that was removed for good', () => {
    run({
      kind: 'insertField',
      schema: { type: 'string' },
      texts: { label: { ru: 'Новое' } },
      at: { parent: before.root, index: 0 },
    });
    run({ kind: 'remove', nodeIds: [controlOf(history.document, id('email'))!.id] });
    run({ kind: 'removeField', fieldId: id('email') });
    assert.deepEqual(
      changes().map(({ kind, label, breaking }) => [kind, label, breaking]),
      [
        ['added', 'Новое', false],
        ['removed', 'Эл. почта', true],
        ['layout', '', false],
      ],
    );
  });

  it('tell keywords, whether it must be filled, and the label', () => {
    run({ kind: 'update', fieldId: id('description'), changes: { maxLength: 500 } });
    run({ kind: 'require', fieldId: id('description'), required: false });
    run({ kind: 'relabel', fieldId: id('description'), text: 'Описание', follow: false });
    assert.deepEqual(
      changes().map((change) => [change.kind, 'keyword' in change ? change.keyword : change.label]),
      [
        ['changed', 'maxLength'],
        ['changed', 'required'],
        ['texts', 'Описание'],
      ],
    );
  });
});
