import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { around, condition, duration, extended, file, flow, process, split } from '../../bpmn/test/bpmn-text.ts';
import { verify, type InvalidRow } from '../test/rule-table.ts';
import { ASSUMPTION_CODES, assumedReading } from './assumed-reading.ts';

const finds = (xml: string, ...found: readonly string[]): InvalidRow => ({ xml, finds: found });
const script = (format: string, text: string) =>
  around(`<bpmn:scriptTask id="X" scriptFormat="${format}"><bpmn:script>${text}</bpmn:script></bpmn:scriptTask>`);
const keyed = `<bpmn:message id="M" name="m">${extended('<zeebe:subscription correlationKey="=k"/>')}</bpmn:message>`;
const written = (id: string) =>
  `<bpmn:dataOutputAssociation id="${id}"><bpmn:sourceRef>D</bpmn:sourceRef><bpmn:targetRef>DS</bpmn:targetRef></bpmn:dataOutputAssociation>`;
const plainProcess = '<bpmn:process id="P"><bpmn:task id="A"/></bpmn:process>';

verify(assumedReading, {
  valid: {
    'a job type': {
      xml: around(`<bpmn:serviceTask id="X">${extended('<zeebe:taskDefinition type="t"/>')}</bpmn:serviceTask>`),
    },
    'a key': { xml: around('<bpmn:receiveTask id="X" messageRef="M"/>', { roots: keyed }) },
    'a start without a key': {
      xml: process('<bpmn:startEvent id="X"><bpmn:messageEventDefinition messageRef="M"/></bpmn:startEvent>', {
        roots: '<bpmn:message id="M" name="m"/>',
      }),
    },
    'a catch-all': {
      xml: around(extendedTask('<bpmn:errorEventDefinition/>')),
    },
    'a default flow': { xml: split('', condition('a'), 'default="F1"') },
    'conditions without "="': { xml: split(condition('a'), condition('not(a)')) },
    'a marked process beside one that is not': {
      xml: process('<bpmn:task id="A"/>', { roots: '<bpmn:process id="Q"><bpmn:task id="B"/></bpmn:process>' }),
    },
  },
  invalid: {
    'a file that marks nothing': finds(file(plainProcess), 'P warning assumed-executable'),
    'one of several that is marked otherwise': finds(
      file(`<bpmn:process id="Q" isExecutable="false"><bpmn:task id="B"/></bpmn:process>${plainProcess}`),
      'P warning assumed-executable',
    ),
    'a service task': {
      ...finds(around('<bpmn:serviceTask id="X" name="Pay"/>'), 'X warning assumed-job-type'),
      says: /«Pay» \(X\) has no job type: its id "X" is the type/,
    },
    'a service task with an operation': finds(
      around('<bpmn:serviceTask id="X" operationRef="Op"/>', {
        roots: '<bpmn:interface id="I" name="i"><bpmn:operation id="Op" name="o"/></bpmn:interface>',
      }),
      'X warning not-executed',
      'X warning assumed-job-type',
    ),
    'a script in JavaScript': finds(script('javascript', '1'), 'X warning assumed-script-job'),
    'a script without a language': finds(script('', '1'), 'X warning assumed-script-job'),
    'a FEEL script without a result': finds(script('feel', '1'), 'X warning assumed-script-result'),
    'a message without a key': finds(
      around('<bpmn:receiveTask id="X" messageRef="M"/>', { roots: '<bpmn:message id="M" name="m"/>' }),
      'X warning assumed-no-correlation-key',
    ),
    'an event without a message': finds(
      around('<bpmn:intermediateThrowEvent id="X"><bpmn:messageEventDefinition/></bpmn:intermediateThrowEvent>'),
      'X warning assumed-message-name',
    ),
    'an event without a signal': finds(
      around('<bpmn:intermediateThrowEvent id="X"><bpmn:signalEventDefinition/></bpmn:intermediateThrowEvent>'),
      'X warning assumed-signal-name',
    ),
    'an error without a code': finds(
      process('<bpmn:endEvent id="X"><bpmn:errorEventDefinition/></bpmn:endEvent>'),
      'X warning assumed-no-code',
    ),
    'the one way without a condition': finds(split('', condition('a')), 'G warning assumed-default-flow'),
    'a transaction that ends when it is canceled': finds(
      around(
        '<bpmn:transaction id="X"><bpmn:endEvent id="Cancel"><bpmn:cancelEventDefinition/></bpmn:endEvent></bpmn:transaction>',
      ),
      'X warning assumed-no-cancel-boundary',
    ),
    'a data store that is written, once': finds(
      around(`<bpmn:task id="X">${written('DOA1')}${written('DOA2')}</bpmn:task>`, {
        more: '<bpmn:dataStoreReference id="DS" name="Orders"/><bpmn:dataObject id="D"/>',
      }),
      'DS warning assumed-data-store',
    ),
    'auditing, a performer of a service task, a form that is drawn': finds(
      around('<bpmn:userTask id="X" implementation="http://human"><bpmn:auditing/><bpmn:rendering/></bpmn:userTask>'),
      'X warning not-executed',
      'X warning not-executed',
      'X warning not-executed',
    ),
    'who performs what no list shows': finds(
      around('<bpmn:manualTask id="X"><bpmn:performer id="Pf"/></bpmn:manualTask>'),
      'X warning not-executed',
    ),
    'data whose name is no variable': finds(
      process('<bpmn:dataObject id="D-1" name="my data"/><bpmn:task id="A"/>'),
      'D-1 warning assumed-variable-name',
    ),
    'a gateway that says it joins and splits': finds(
      split(condition('=a'), condition('=not(a)')).replace('id="G"', 'id="G" gatewayDirection="Converging"'),
      'G warning assumed-gateway-direction',
    ),
    'a choreography, a conversation and a pool of many': finds(
      file(
        `<bpmn:choreography id="Ch"/><bpmn:collaboration id="C"><bpmn:participant id="Pool" processRef="P"><bpmn:participantMultiplicity maximum="3"/></bpmn:participant><bpmn:conversation id="CN"/></bpmn:collaboration>` +
          '<bpmn:process id="P" isExecutable="true"><bpmn:task id="A"/></bpmn:process>',
      ),
      'Pool warning not-executed',
      'C warning not-executed',
      'Ch warning not-executed',
    ),
  },
});

function extendedTask(inner: string): string {
  return (
    `<bpmn:task id="X"/><bpmn:boundaryEvent id="B" attachedToRef="X">${inner}</bpmn:boundaryEvent>` +
    `<bpmn:intermediateCatchEvent id="W">${duration('PT1H')}</bpmn:intermediateCatchEvent>${flow('F3', 'B', 'W')}`
  );
}

describe('lint: the page of assumed readings', () => {
  it('explains every code', () => {
    const page = readFileSync(new URL('./assumed-reading.md', import.meta.url), 'utf8');
    for (const code of ASSUMPTION_CODES) assert.ok(page.includes(`| \`${code}\``), code);
  });
});
