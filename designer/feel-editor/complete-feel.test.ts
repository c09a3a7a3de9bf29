import assert from 'node:assert/strict';
import { enumType, listType, NUMBER_TYPE, STRING_TYPE, type StaticType } from '#engine';
import { completeFeel } from './complete-feel.ts';
import type { FeelVariable } from './feel-variable.ts';

const claim: StaticType = [
  {
    kind: 'context',
    open: false,
    entries: new Map([
      ['amount', { type: NUMBER_TYPE }],
      ['номер акта', { type: STRING_TYPE }],
      ['Monthly-Fee', { type: NUMBER_TYPE }],
    ]),
  },
];
const variables: readonly FeelVariable[] = [
  { name: 'amount', label: 'Сумма', type: NUMBER_TYPE },
  { name: 'имя клиента', label: 'Имя клиента', type: STRING_TYPE },
  { name: 'Тип', type: enumType(['Недовоз', 'Брак "скрытый"']) },
  { name: 'claim', type: claim },
  { name: 'works', type: listType(claim) },
  { name: 'Monthly-Fee', type: NUMBER_TYPE },
];

/** What is offered at `|`; what it replaces; labels only. */
function at(marked: string, asked = false): { replaces: string; labels: string[]; inserts: string[] } | null {
  const place = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = completeFeel({ text, at: place, variables, language: 'ru', asked });
  return (
    found && {
      replaces: text.slice(found.from, found.to),
      labels: found.options.map(({ label }) => label),
      inserts: found.options.map(({ insert }) => insert),
    }
  );
}

describe('completeFeel', () => {
  it('offers variables, functions of DMN and ours, and keywords at a word', () => {
    const found = at('am|');
    assert.equal(found?.replaces, 'am');
    for (const label of [
      'amount',
      'имя клиента',
      'sum',
      'working time after',
      'in words',
      'is valid inn',
      'format phone',
    ])
      assert.ok(found.labels.includes(label), label);
    assert.ok(found.labels.includes('if … then … else …'));
  });

  it('takes words together where a name goes on', () => {
    assert.deepEqual(at('working ti|'), {
      replaces: 'working ti',
      labels: ['working time after'],
      inserts: ['working time after(${start}, ${duration}, ${calendar})'],
    });
    assert.deepEqual(at('amount > 5 and имя кл|')?.labels, ['имя клиента']);
    assert.deepEqual(at('date an|')?.labels, ['date and time']);
    assert.deepEqual(at('working time after|')?.labels, ['working time after'], 'and not `after` alone');
    assert.equal(at('if amount > 5 then amo|')?.replaces, 'amo');
  });

  it('writes only the name where the call is already there', () => {
    const found = completeFeel({ text: 'sub("x", 1)', at: 3, variables, language: 'en', asked: false });
    assert.equal(found?.options.find(({ label }) => label === 'substring')?.insert, 'substring');
  });

  it('offers the properties behind a dot, of contexts, of lists, of calls and of filters', () => {
    const members = ['amount', 'номер акта', 'Monthly-Fee'];
    assert.deepEqual(at('claim.|')?.labels, members);
    assert.deepEqual(at('claim.|')?.inserts, ['amount', 'номер акта', '`Monthly-Fee`']);
    assert.deepEqual(at('if claim.am|')?.labels, members);
    assert.equal(at('if claim.am|')?.replaces, 'am');
    assert.equal(at('claim.номер а|')?.replaces, 'номер а');
    assert.deepEqual(at('works[1].|')?.labels, members);
    assert.deepEqual(at('sum(works.|)')?.labels, members);
    assert.deepEqual(at('date("2026-11-28").|')?.labels.slice(0, 2), ['year', 'month']);
    assert.equal(at('amount.|'), null);
  });

  it('knows the names of loops and of what a filter is applied to', () => {
    assert.equal(at('for w in works return |', true)?.labels[0], 'w');
    assert.deepEqual(at('for w in works return w.|')?.labels, ['amount', 'номер акта', 'Monthly-Fee']);
    assert.deepEqual(at('some w in works satisfies w.|')?.labels, ['amount', 'номер акта', 'Monthly-Fee']);
    assert.ok(at('works[ном|')?.labels.includes('номер акта'));
  });

  it('offers the values of a choice after =, as a whole in quotes', () => {
    const values = ['"Недовоз"', '"Брак \\"скрытый\\""'];
    assert.deepEqual(at('Тип = |'), { replaces: '', labels: values, inserts: values });
    assert.deepEqual(at('Тип = "Не|"')?.replaces, '"Не"');
    assert.deepEqual(at('amount > 5 and Тип != "|')?.labels, values);
    assert.equal(at('имя клиента = "|"'), null);
  });

  it('says nothing in texts, numbers, dates and comments, nor before anything is typed', () => {
    for (const text of ['"am|"', '12|', '@"20|"', '// am|', 'amount > |', '|']) assert.equal(at(text), null, text);
    assert.ok((at('|', true)?.labels.length ?? 0) > 80);
  });

  it('puts names that the grammar would not read back into backticks', () => {
    const found = completeFeel({ text: 'Mon', at: 3, variables, language: 'ru', asked: false });
    assert.equal(found?.options.find(({ label }) => label === 'Monthly-Fee')?.insert, '`Monthly-Fee`');
  });
});
