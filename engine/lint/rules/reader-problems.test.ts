import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import {
  around,
  boundary,
  caught,
  flow,
  JOB,
  process,
  split,
  START_END,
  condition,
} from '../../bpmn/test/bpmn-text.ts';
import { lintBpmn } from '../lint-files.ts';
import { READER_TEXTS } from '../reader-texts.ts';

const link = (kind: string, id: string) =>
  `<bpmn:intermediate${kind}Event id="${id}"><bpmn:linkEventDefinition name="there"/></bpmn:intermediate${kind}Event>`;
const loopOf = (attributes: string) =>
  around(
    `<bpmn:task id="X"><bpmn:standardLoopCharacteristics ${attributes}><bpmn:loopCondition xsi:type="bpmn:tFormalExpression">=a</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:task>`,
  );

/** What issue 3 asks of the structure of a model: each is refused by the reader, so lint and deployment refuse it. */
const REFUSED: Readonly<Record<string, readonly [xml: string, elementId: string]>> = {
  'an element that nothing leads to': [
    process(`${START_END}<bpmn:task id="Lost"/>${flow('F', 'Start', 'End')}`),
    'Lost',
  ],
  'a flow without a target': [process('<bpmn:task id="A"/><bpmn:sequenceFlow id="F" sourceRef="A"/>'), 'F'],
  'a boundary event without a host': [boundary('<bpmn:messageEventDefinition messageRef="M"/>', ''), 'B'],
  'a link that leads nowhere': [
    process(`<bpmn:startEvent id="Start"/>${link('Throw', 'X')}${flow('F', 'Start', 'X')}`),
    'X',
  ],
  'a link that nothing throws': [process(`${START_END}${flow('F', 'Start', 'End')}${link('Catch', 'X')}`), 'X'],
  'startQuantity 0': [around(`<bpmn:serviceTask id="X" startQuantity="0">${JOB}</bpmn:serviceTask>`), 'X'],
  'startQuantity -1': [around(`<bpmn:serviceTask id="X" startQuantity="-1">${JOB}</bpmn:serviceTask>`), 'X'],
  'completionQuantity 0': [around(`<bpmn:serviceTask id="X" completionQuantity="0">${JOB}</bpmn:serviceTask>`), 'X'],
  'loopMaximum -1': [loopOf('loopMaximum="-1"'), 'X'],
  'loopMaximum 0': [loopOf('loopMaximum="0"'), 'X'],
  'a condition that does not parse': [split(condition('=a &gt;'), condition('=b')), 'F1'],
  'ways out of a split without a condition': [split('', ''), 'F1'],
  'a catch event without a definition': [caught(''), 'X'],
};

describe('lint: what the reader refuses', () => {
  for (const [name, [xml, elementId]] of Object.entries(REFUSED)) {
    it(`tells ${name}`, async () => {
      const findings = await lintBpmn(xml);
      const found = findings.find((finding) => finding.elementId === elementId);
      assert.ok(found !== undefined, findings.map(({ message }) => message.en).join('\n') || 'nothing was found');
      assert.equal(found.severity, 'error');
      assert.equal(found.line, xml.slice(0, xml.search(new RegExp(`id="${elementId}"`))).split('\n').length);
      for (const text of [found.message.ru, found.remedy.ru]) assert.match(text, /[а-яё]{4}/i);
    });
  }

  it('tells an id used twice', async () => {
    const findings = await lintBpmn(process('<bpmn:task id="A"/><bpmn:task id="A"/>'));
    assert.match(findings.map(({ message }) => message.en).join('\n'), /The id "A" is given twice/);
  });

  it('has Russian words and a line on the page for every code of the BPMN reader', () => {
    const page = readFileSync(new URL('./reader-problems.md', import.meta.url), 'utf8');
    const codes = ['../../bpmn/', '../../xml/'].flatMap((folder) =>
      readdirSync(new URL(folder, import.meta.url))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => readFileSync(new URL(folder + file, import.meta.url), 'utf8'))
        .flatMap((source) => [...source.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code]) => code!)),
    );
    assert.ok(codes.length > 15);
    const missing = codes.filter((code) => READER_TEXTS[code] === undefined || !page.includes(`\`${code}\``));
    assert.deepEqual([...new Set(missing)], [], 'add them to engine/lint/reader-texts.ts and rules/reader-problems.md');
  });
});
