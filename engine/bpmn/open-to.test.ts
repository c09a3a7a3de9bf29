import assert from 'node:assert/strict';
import { readBpmn } from './read-bpmn.ts';
import { extended, flow, process } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

const FORM = '<zeebe:formDefinition formId="f"/>';
const openTo = (value: string): string =>
  `<zeebe:properties><zeebe:property name="reglament:openTo" value="${value}"/></zeebe:properties>`;
const start = (extensions: string, more = ''): string =>
  process(
    `<bpmn:startEvent id="Start" name="Asked">${extended(extensions)}${more}</bpmn:startEvent><bpmn:endEvent id="End"/>` +
      flow('F', 'Start', 'End'),
  );

describe('readBpmn: who may start a process by its form', () => {
  it('reads the audiences of a start event, each once; nobody but the house where nothing is said', async () => {
    const audiences = async (xml: string) => {
      const { processes } = await readBpmn(xml);
      const node = processes[0]!.nodes.get('Start')!;
      return node.type === 'startEvent' ? node.openTo : null;
    };
    assert.deepEqual(await audiences(start(FORM + openTo('anyone, contractors,anyone'))), ['anyone', 'contractors']);
    assert.equal(await audiences(start(FORM)), undefined);
  });

  refuses({
    'an audience that there is not': [
      start(FORM + openTo('everyone')),
      'invalid-property',
      /openTo.*Asked.*"everyone"/,
    ],
    'an empty one': [start(FORM + openTo('')), 'invalid-property', /openTo/],
    'one without a form': [start(openTo('anyone')), 'missing-property', /Asked.*form/],
    'one at a timer': [
      start(
        FORM + openTo('anyone'),
        '<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>',
      ),
      'missing-property',
      /Asked/,
    ],
  });
});
