import { ITEMS, JOB, START_END, around, boundary, extended, flow, loop, process, task } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

describe('readBpmn: elements and extensions', () => {
  refuses({
    ...Object.fromEntries(
      ['callChoreography', 'subChoreography', 'choreographyTask', 'implicitThrowEvent'].map((type) => [
        `a ${type}`,
        [
          around(`<bpmn:${type} id="X" name="It"/>`),
          'unsupported-element',
          new RegExp(`^${type} at ${type} "It" \\(X\\)`),
        ],
      ]),
    ),
    ...Object.fromEntries(
      [
        'executionListeners',
        'linkedResources',
        'agentDefinition',
        'calledElement',
        'userTask',
        'taskListeners',
        'subscription',
      ].map((name) => [
        `zeebe:${name} on a service task`,
        [
          around(
            `<bpmn:serviceTask id="X">${extended('<zeebe:taskDefinition type="a"/>', `<zeebe:${name}/>`)}</bpmn:serviceTask>`,
          ),
          'unsupported-element',
          new RegExp(`zeebe:${name} at serviceTask`, 'i'),
        ],
      ]),
    ),
    'a retry counter': [around(task('', 'zeebe:retryCounter="=a"')), 'unsupported-element', /retryCounter/],
    'an embedded form of the process': [
      process(`${extended('<zeebe:userTaskForm id="f">{}</zeebe:userTaskForm>')}<bpmn:task id="A"/>`),
      'unsupported-element',
      /UserTaskForm/,
    ],
    'execution listeners of the process': [
      process(`${extended('<zeebe:executionListeners/>')}<bpmn:task id="A"/>`),
      'unsupported-element',
      /ExecutionListeners/,
    ],
    'an extension on a flow': [
      process(`${START_END}${flow('F', 'Start', 'End', extended('<zeebe:executionListeners/>'))}`),
      'unsupported-element',
      /ExecutionListeners in sequenceFlow/,
    ],
    'reglament:caseView on a task': [
      around(`<bpmn:task id="X">${extended('<reglament:caseView title="=a"/>')}</bpmn:task>`),
      'unsupported-element',
      /CaseView/,
    ],
    'reglament:deadline on a service task': [
      around(
        `<bpmn:serviceTask id="X">${extended('<zeebe:taskDefinition type="a"/>', '<reglament:deadline duration="PT1H" calendar="x"/>')}</bpmn:serviceTask>`,
      ),
      'unsupported-element',
      /Deadline/,
    ],
    'an unknown reglament element': [
      around(`<bpmn:task id="X">${extended('<reglament:magic/>')}</bpmn:task>`),
      'malformed-xml',
      /unknown type <reglament:Magic>/,
    ],
    'a camunda attribute on a task': [
      around('<bpmn:userTask id="X" camunda:assignee="ann"/>'),
      'unsupported-element',
      /camunda:assignee at userTask \(X\)/,
    ],
    'a camunda attribute on the process': [
      process('<bpmn:task id="A"/>', { attributes: 'camunda:historyTimeToLive="P1D"' }),
      'unsupported-element',
      /camunda:historyTimeToLive/,
    ],
    'a camunda attribute on an event definition': [
      boundary('<bpmn:errorEventDefinition errorRef="E" camunda:errorCodeVariable="c"/>'),
      'unsupported-element',
      /camunda:errorCodeVariable at boundaryEvent \(B\)/,
    ],
    'a camunda attribute on a loop': [
      around(loop(ITEMS, 'camunda:collection="x"')),
      'unsupported-element',
      /camunda:collection at task \(X\)/,
    ],
    'a camunda element': [
      around(`<bpmn:userTask id="X">${extended('<camunda:formData/>')}</bpmn:userTask>`),
      'unsupported-element',
      /camunda:formData/,
    ],
    'a job type on an end that sends nothing': [
      process(`<bpmn:endEvent id="X">${JOB}</bpmn:endEvent>`),
      'unsupported-element',
      /TaskDefinition on a none endEvent/,
    ],
  });
});
