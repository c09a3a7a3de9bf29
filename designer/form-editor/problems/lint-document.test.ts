import assert from 'node:assert/strict';
import { controlOf, fieldNamed } from '../document/document-tree.ts';
import { columnsOf } from '../document/table-columns.ts';
import { readDocument } from '../document/read-document.ts';
import { templateForm } from '../form-templates.ts';
import { editorWords } from '../texts.ts';
import { lintDocument } from './lint-document.ts';
import { problemPlace, problemText } from './problem-words.ts';

const form = templateForm('check', { key: 'check', title: 'Осмотр' });
type Mutable = { [key: string]: unknown };

function lintWith(change: (data: Mutable, whole: Mutable) => void) {
  const whole = JSON.parse(JSON.stringify(form)) as Mutable;
  change((whole['data'] as Mutable)['properties'] as Mutable, whole);
  const document = readDocument(whole);
  return { document, errors: lintDocument(document).filter(({ severity }) => severity === 'error') };
}

describe('problems of a form being drawn', () => {
  it('lead to the field they are about, in Russian', () => {
    const { document, errors } = lintWith((data) => {
      data['verdict'] = { type: 'string', enum: [] };
    });
    const [problem] = errors;
    assert.equal(problem?.fieldId, fieldNamed(document, 'verdict')!.id);
    assert.equal(problem.nodeId, controlOf(document, problem.fieldId)!.id);
    assert.equal(problemPlace(document, problem, editorWords('ru')), 'Вывод');
    assert.match(problemText(problem, 'ru'), /^Перечислите варианты/);
  });

  it('lead to a section by its text', () => {
    const { document, errors } = lintWith((_, whole) => {
      delete ((whole['i18n'] as Mutable)['ru'] as Mutable)['section.s1.label'];
    });
    assert.equal(document.nodes[errors[0]!.nodeId!]!.type, 'Group');
  });

  it('name a required field that nobody could fill, because it stands nowhere', () => {
    const { document, errors } = lintWith((_, whole) => {
      whole['layout'] = { type: 'VerticalLayout', elements: [] };
    });
    const names = errors.map(({ fieldId }) => document.fields[fieldId!]!.name);
    assert.deepEqual(names, ['product', 'serial', 'photos', 'verdict']);
    assert.match(problemText(errors[0]!, 'ru'), /^Обязательное поле не размещено/);
  });

  it('lead to the column they are about, by its rule or by its text', () => {
    const { document, errors } = lintWith((data, whole) => {
      data['works'] = {
        type: 'array',
        items: {
          type: 'object',
          properties: { qty: { type: 'integer' }, sum: { type: 'integer', 'x-value': 'qty *' } },
        },
      };
      const { ru } = whole['i18n'] as { ru: Mutable };
      Object.assign(ru, { 'works.label': 'Работы', 'works.sum.label': 'Сумма' });
    });
    const columns = columnsOf(fieldNamed(document, 'works')!);
    assert.deepEqual(errors.map(({ columnId }) => columns.find(({ id }) => id === columnId)?.name).sort(), [
      'works.qty',
      'works.sum',
    ]);
  });

  it('say a cycle by the names in it', () => {
    const { errors } = lintWith((data) => {
      data['product'] = { type: 'string', 'x-value': 'comment' };
      data['comment'] = { type: 'string', 'x-visible': 'product = "x"' };
    });
    assert.match(problemText(errors[0]!, 'ru'), /по кругу: .*product/);
  });

  it('tell missing English as one thing to do', () => {
    const warnings = lintDocument(readDocument(form));
    assert.deepEqual(
      warnings.map(({ severity, count }) => [severity, count]),
      [['warning', 12]],
    );
  });
});
