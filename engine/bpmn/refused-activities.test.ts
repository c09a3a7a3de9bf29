import { MESSAGE, around, duration, extended, flow, process, task } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

describe('readBpmn: tasks and calls', () => {
  refuses({
    'a script in JavaScript beside one in FEEL': [
      around(
        `<bpmn:scriptTask id="X" scriptFormat="javascript">${extended('<zeebe:script expression="=1" resultVariable="r"/>')}<bpmn:script>1</bpmn:script></bpmn:scriptTask>`,
      ),
      'unsupported-element',
      /script of BPMN beside zeebe:script/,
    ],
    'a script without a result': [
      around(`<bpmn:scriptTask id="X">${extended('<zeebe:script expression="=1"/>')}</bpmn:scriptTask>`),
      'missing-property',
      /result variable/,
    ],
    'a script beside a job': [
      around(
        `<bpmn:scriptTask id="X">${extended('<zeebe:taskDefinition type="a"/><zeebe:script expression="=1" resultVariable="r"/>')}</bpmn:scriptTask>`,
      ),
      'unsupported-element',
      /beside a script/,
    ],
    'a result variable that is no name': [
      around(
        `<bpmn:scriptTask id="X">${extended('<zeebe:script expression="=1" resultVariable="a.b"/>')}</bpmn:scriptTask>`,
      ),
      'invalid-name',
      /"a\.b"/,
    ],
    '__proto__ as a result': [
      around(
        `<bpmn:businessRuleTask id="X">${extended('<zeebe:calledDecision decisionId="d" resultVariable="__proto__"/>')}</bpmn:businessRuleTask>`,
      ),
      'invalid-name',
      /__proto__/,
    ],
    '__proto__ as a mapping target': [
      around(
        `<bpmn:task id="X">${extended('<zeebe:ioMapping><zeebe:input source="=1" target="a.__proto__.b"/></zeebe:ioMapping>')}</bpmn:task>`,
      ),
      'invalid-mapping',
      /__proto__/,
    ],
    'a mapping to nothing': [
      around(
        `<bpmn:task id="X">${extended('<zeebe:ioMapping><zeebe:input source="=1"/></zeebe:ioMapping>')}</bpmn:task>`,
      ),
      'invalid-mapping',
      /maps to ""/,
    ],
    'a mapping that does not parse': [
      around(
        `<bpmn:task id="X">${extended('<zeebe:ioMapping><zeebe:input source="=1 +" target="a"/></zeebe:ioMapping>')}</bpmn:task>`,
      ),
      'invalid-expression',
      /mapping to "a"/,
    ],
    'a call without a target': [around('<bpmn:callActivity id="X"/>'), 'missing-property', /called process/],
    'a call by the attribute of BPMN': [
      around(
        `<bpmn:callActivity id="X" calledElement="Q">${extended('<zeebe:calledElement processId="Q"/>')}</bpmn:callActivity>`,
      ),
      'unsupported-element',
      /calledElement at callActivity/,
    ],
    'a call by an old expression': [
      around(
        `<bpmn:callActivity id="X">${extended('<zeebe:calledElement processId="Q" processIdExpression="q"/>')}</bpmn:callActivity>`,
      ),
      'unsupported-element',
      /processIdExpression/,
    ],
    'an unknown binding': [
      around(
        `<bpmn:callActivity id="X">${extended('<zeebe:calledElement processId="Q" bindingType="newest"/>')}</bpmn:callActivity>`,
      ),
      'unsupported-element',
      /"newest"/,
    ],
    'a binding by a tag that is not given': [
      around(
        `<bpmn:callActivity id="X">${extended('<zeebe:calledElement processId="Q" bindingType="versionTag"/>')}</bpmn:callActivity>`,
      ),
      'missing-property',
      /version tag/,
    ],
    'a business id for the child': [
      around(
        `<bpmn:callActivity id="X">${extended('<zeebe:calledElement processId="Q" businessId="=b"/>')}</bpmn:callActivity>`,
      ),
      'unsupported-element',
      /businessId/,
    ],
    'a form by key': [
      around(`<bpmn:userTask id="X">${extended('<zeebe:formDefinition formKey="camunda-forms:x"/>')}</bpmn:userTask>`),
      'unsupported-element',
      /formKey/,
    ],
    'a form binding without a form': [
      around(`<bpmn:userTask id="X">${extended('<reglament:formBinding readable="a"/>')}</bpmn:userTask>`),
      'missing-property',
      /no form/,
    ],
    'a deadline without a calendar': [
      around(`<bpmn:userTask id="X">${extended('<reglament:deadline duration="PT1H"/>')}</bpmn:userTask>`),
      'missing-property',
      /deadline duration and calendar/,
    ],
    'a deadline that pauses': [
      around(
        `<bpmn:userTask id="X">${extended('<reglament:deadline duration="PT1H" calendar="ru-office" pauseStates="waiting"/>')}</bpmn:userTask>`,
      ),
      'unsupported-element',
      /pauseStates/,
    ],
    // Activities.
    ...Object.fromEntries(
      ['startQuantity', 'completionQuantity'].flatMap((name) =>
        ['0', '-1', '1001'].map((number) => [
          `a ${name} of ${number}`,
          [
            around(task('', `${name}="${number}"`)),
            'illegal-number',
            new RegExp(`${name} of serviceTask \\(X\\) is ${number}`),
          ] as const,
        ]),
      ),
    ),
    'a startQuantity that no flow can fill': [
      process('<bpmn:task id="X" startQuantity="2"/>'),
      'unsupported-element',
      /startQuantity where no flow brings tokens that can collect at task \(X\)/,
    ],
    'a startQuantity behind an event-based gateway': [
      process(
        `<bpmn:startEvent id="S"/><bpmn:eventBasedGateway id="G"/><bpmn:receiveTask id="X" messageRef="M" startQuantity="2"/>` +
          `<bpmn:intermediateCatchEvent id="C">${duration('PT1H')}</bpmn:intermediateCatchEvent>` +
          flow('F0', 'S', 'G') +
          flow('F1', 'G', 'X') +
          flow('F2', 'G', 'C'),
        { roots: MESSAGE },
      ),
      'unsupported-element',
      /startQuantity where no flow brings tokens that can collect at receiveTask \(X\)/,
    ],
    'a default flow of a task that leaves another': [
      around(task('', 'default="F1"')),
      'dangling-flow',
      /F1 does not leave serviceTask \(X\)/,
    ],
    'a default flow of a parallel gateway': [
      process('<bpmn:task id="A"/>').replace(
        '</bpmn:process>',
        `<bpmn:parallelGateway id="PG" default="F"/>${flow('F', 'PG', 'A')}</bpmn:process>`,
      ),
      'malformed-xml',
      /default/,
    ],
  });
});
