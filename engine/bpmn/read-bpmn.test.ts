import assert from 'node:assert/strict';
import { cpuUsage } from 'node:process';
import {
  ITEMS,
  START_END,
  around,
  boundary,
  caught,
  condition,
  cycle,
  duration,
  extended,
  file,
  flow,
  loop,
  pools,
  problemsOf,
  process,
  split,
  task,
} from './test/bpmn-text.ts';

/** Each deploys. */
const VALID: Readonly<Record<string, string>> = {
  'a start and an end': process(START_END + flow('F', 'Start', 'End')),
  'no start event': process('<bpmn:task id="A"/><bpmn:task id="B"/>'),
  'several event starts beside one none start': process(
    `${START_END}<bpmn:startEvent id="S2"><bpmn:messageEventDefinition messageRef="M"/></bpmn:startEvent>` +
      `<bpmn:startEvent id="S3">${cycle('R/P1D')}</bpmn:startEvent>` +
      flow('F', 'Start', 'End') +
      flow('F2', 'S2', 'End') +
      flow('F3', 'S3', 'End'),
    { roots: '<bpmn:message id="M" name="m"/>' },
  ),
  'a loop back': process(
    `${START_END}<bpmn:task id="A"/><bpmn:exclusiveGateway id="G" default="F2"/>` +
      flow('F', 'Start', 'A') +
      flow('F1', 'A', 'G') +
      flow('F2', 'G', 'End') +
      flow('F3', 'G', 'A', condition('=again')),
  ),
  'a FEEL condition that says so': split(
    condition('=a', 'language="http://www.omg.org/spec/FEEL/20140401"'),
    condition('=b'),
  ),
  'timers by expression': caught(duration('=pause')),
  'a cron cycle on a start': process(
    `<bpmn:startEvent id="S">${cycle('0 0 9 * * MON')}</bpmn:startEvent><bpmn:task id="A"/>${flow('F', 'S', 'A')}`,
  ),
  'boundary events of every kind': boundary('<bpmn:errorEventDefinition/>'),
  'a non-interrupting cycle': boundary(cycle('R3/PT1H'), 'attachedToRef="X" cancelActivity="false"'),
  'parallel multi-instance': around(
    loop(`${ITEMS}<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=true</bpmn:completionCondition>`),
  ),
  'a black-box pool with message flows': pools('<bpmn:messageFlow id="MF" sourceRef="Client" targetRef="TaskA"/>'),
  'a non-executable process with anything in it': file(
    '<bpmn:process id="Picture"><bpmn:complexGateway id="CG"/></bpmn:process><bpmn:process id="P" isExecutable="true"><bpmn:task id="A"/></bpmn:process>',
  ),
  'notes, groups and lanes': process(
    '<bpmn:laneSet id="L"><bpmn:lane id="L1"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:task id="A"/>' +
      '<bpmn:textAnnotation id="N"><bpmn:text>note</bpmn:text></bpmn:textAnnotation><bpmn:group id="Gr"/><bpmn:association id="As" sourceRef="A" targetRef="N"/>',
  ),
  'element template traces of Camunda Modeler': around(
    task('', 'zeebe:modelerTemplate="t" zeebe:modelerTemplateVersion="1"'),
  ),
  'zeebe:properties anywhere': around(
    `<bpmn:task id="X">${extended('<zeebe:properties><zeebe:property name="a" value="b"/></zeebe:properties>')}</bpmn:task>`,
  ),
  'extensions of strangers': around(
    `<bpmn:task id="X" xmlns:my="urn:my" my:a="1">${extended('<my:note xmlns:my="urn:my">hi</my:note>')}</bpmn:task>`,
  ),
  'technology that says nothing': around('<bpmn:userTask id="X" implementation="##WebService"/>'),
  '3000 elements': process(
    '<bpmn:startEvent id="Start"/>' +
      Array.from(
        { length: 1400 },
        (_, n) => `<bpmn:task id="T${n}"/>${flow(`F${n}`, n === 0 ? 'Start' : `T${n - 1}`, `T${n}`)}`,
      ).join(''),
  ),
};

describe('readBpmn', () => {
  for (const [name, xml] of Object.entries(VALID)) {
    it(`takes ${name}`, async () =>
      assert.deepEqual(
        (await problemsOf(xml)).map(({ message }) => message),
        [],
      ));
  }

  it('names the line of an element and of text that does not parse', async () => {
    const [unsupported] = await problemsOf(process('\n\n<bpmn:choreographyTask id="CT" name="Hard"/>'));
    assert.deepEqual([unsupported?.line, unsupported?.elementId, unsupported?.elementName], [7, 'CT', 'Hard']);
    const [malformed] = await problemsOf(process('<bpmn:task id="A"/>\n\n<bpmn:foo/>'));
    assert.equal(malformed?.line, 7);
    assert.match(malformed?.message ?? '', /line 7, column 1/);
  });

  it('lists every problem of a file at once, and does not blame what stands behind a refused element', async () => {
    const problems = await problemsOf(
      around('<bpmn:subChoreography id="X"/>', { more: '<bpmn:choreographyTask id="CT"/>' }),
    );
    assert.deepEqual(
      problems.map(({ elementId, code }) => [elementId, code]),
      [
        ['X', 'unsupported-element'],
        ['CT', 'unsupported-element'],
      ],
    );
  });

  it('says each thing once', async () => {
    const problems = await problemsOf(around('<bpmn:userTask id="X" camunda:assignee="ann" startQuantity="0"/>'));
    assert.equal(problems.length, 2);
  });

  it('refuses hostile text in linear time', async () => {
    for (const text of [
      '<a'.repeat(500_000),
      '<!--'.repeat(400_000),
      '<![CDATA['.repeat(200_000),
      `<a ${'"'.repeat(900_001)}`,
    ]) {
      // Time of the processor: a busy machine gives it later, but no more of it is needed.
      const started = cpuUsage();
      assert.notEqual((await problemsOf(text)).length, 0);
      const { user } = cpuUsage(started);
      assert.ok(user < 2_000_000, `took ${Math.round(user / 1_000)} ms`);
    }
  });
});
