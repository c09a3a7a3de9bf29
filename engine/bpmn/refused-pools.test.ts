import { MESSAGE, duration, extended, file, flow, pools } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

/** Two executable processes: A sends in `SendA`, or what is given; B receives in `GetB` behind a message start `StartB`. */
const talk = (flows: string, { send = '', get = '', start = '', roots = MESSAGES, more = '' } = {}) =>
  file(
    `${roots}<bpmn:collaboration id="C"><bpmn:participant id="PoolA" processRef="A"/><bpmn:participant id="PoolB" processRef="B"/>${flows}</bpmn:collaboration>` +
      `<bpmn:process id="A" isExecutable="true"><bpmn:startEvent id="StartA"/>${send || '<bpmn:sendTask id="SendA"/>'}${flow('FA', 'StartA', 'SendA')}${more}</bpmn:process>` +
      `<bpmn:process id="B" isExecutable="true">${start || '<bpmn:startEvent id="StartB"><bpmn:messageEventDefinition/></bpmn:startEvent>'}${get || '<bpmn:receiveTask id="GetB"/>'}${flow('FB', 'StartB', 'GetB')}</bpmn:process>`,
  );
const MESSAGES = '<bpmn:message id="N" name="n"/><bpmn:message id="O" name="o"/>' + MESSAGE;
const along = (id: string, source: string, target: string, more = '') =>
  `<bpmn:messageFlow id="${id}" sourceRef="${source}" targetRef="${target}" ${more}/>`;
const STARTS = along('MS', 'SendA', 'StartB');
const second = '<bpmn:sendTask id="Second"/>' + flow('FS', 'SendA', 'Second');

describe('readBpmn: pools and message flows', () => {
  refuses({
    'a message flow from an event that sends nothing': [
      pools(along('MF', 'StartA', 'TaskB')),
      'misplaced-message-flow',
      /MF\) leaves startEvent \(StartA\), which sends no message/,
    ],
    'a message flow to an event that receives nothing': [
      pools(along('MF', 'TaskA', 'StartB')),
      'misplaced-message-flow',
      /MF\) leads to startEvent \(StartB\), which receives no message/,
    ],
    'a message flow from a black box to a gateway': [
      talk('<bpmn:participant id="Client"/>' + along('MF', 'Client', 'G'), {
        more: '<bpmn:exclusiveGateway id="G"/>' + flow('FG', 'SendA', 'G'),
      }),
      'misplaced-message-flow',
      /MF\) touches exclusiveGateway \(G\), which neither sends nor receives/,
    ],
    'a message flow within one process': [
      pools(along('MF', 'StartA', 'TaskA')),
      'misplaced-message-flow',
      /MF\) stays within one process/,
    ],
    'a message flow from an event that throws two messages': [
      talk(STARTS, {
        send: '<bpmn:endEvent id="SendA"><bpmn:messageEventDefinition messageRef="N"/><bpmn:messageEventDefinition messageRef="O"/></bpmn:endEvent>',
      }),
      'misplaced-message-flow',
      /SendA\), which sends no message or several/,
    ],
    'a message flow to a timer': [
      talk(along('MF', 'SendA', 'StartB'), {
        start: `<bpmn:startEvent id="StartB">${duration('PT1H')}</bpmn:startEvent>`,
      }),
      'misplaced-message-flow',
      /StartB\), which receives no message/,
    ],
    'two ends that mean different messages': [
      talk(STARTS, {
        send: '<bpmn:sendTask id="SendA" messageRef="N"/>',
        start: '<bpmn:startEvent id="StartB"><bpmn:messageEventDefinition messageRef="O"/></bpmn:startEvent>',
      }),
      'contradicting-message',
      /MS\) joins sendTask \(SendA\) and startEvent \(StartB\), which mean different messages: "n" and "o"/,
    ],
    'a flow that means another message than its ends': [
      talk(along('MS', 'SendA', 'StartB', 'messageRef="O"'), { send: '<bpmn:sendTask id="SendA" messageRef="N"/>' }),
      'contradicting-message',
      /"n" and "o"/,
    ],
    'a receiver that asks for a key which nobody gives': [
      talk(STARTS + along('MF', 'Second', 'GetB', 'messageRef="K"'), {
        more: second.replace('id="Second"', 'id="Second" messageRef="K"'),
        get: '<bpmn:receiveTask id="GetB" messageRef="M"/>',
        roots: `${MESSAGES}<bpmn:message id="K" name="m"/>`,
      }),
      'contradicting-message',
      /MF\) joins .* of which only one gives a correlation key/,
    ],
    'a receiver of different messages': [
      talk(STARTS + along('M1', 'SendA', 'GetB', 'messageRef="N"') + along('M2', 'Second', 'GetB', 'messageRef="O"'), {
        more: second,
      }),
      'contradicting-message',
      /receiveTask \(GetB\) receives different messages/,
    ],
    'a sender to two receivers': [
      talk(STARTS + along('M1', 'SendA', 'GetB')),
      'misplaced-message-flow',
      /sendTask \(SendA\) sends to 2 receivers/,
    ],
    'a global task with an unknown extension': [
      pools('').replace(
        '<bpmn:collaboration',
        `<bpmn:globalTask id="GT">${extended('<zeebe:taskDefinition type="work"/>')}</bpmn:globalTask><bpmn:collaboration`,
      ),
      'unsupported-element',
      /zeebe:TaskDefinition at task \(GT\)/,
    ],
    'a call of an imported process': [
      pools('', '<bpmn:callActivity id="Call" calledElement="other:Q"/>'),
      'invalid-id',
      /calls "other:Q"/,
    ],
  });
});
