import { ERROR, ITEMS, JOB, MESSAGE, around, extended, flow, loop } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

const formal = (name: string, text: string) => `<bpmn:${name} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${name}>`;
const cardinality = (text: string) => formal('loopCardinality', text);
const zeebe = (attributes: string) => extended(`<zeebe:loopCharacteristics ${attributes}/>`);
const standard = (attributes: string, inner = '') =>
  around(
    `<bpmn:task id="X"><bpmn:standardLoopCharacteristics ${attributes}>${inner}</bpmn:standardLoopCharacteristics></bpmn:task>`,
  );
const complex = (inner: string) =>
  around(
    loop(
      `${ITEMS}<bpmn:complexBehaviorDefinition id="Cx">${inner}</bpmn:complexBehaviorDefinition>`,
      'behavior="Complex"',
    ),
    {
      roots: MESSAGE + ERROR,
    },
  );
const adHoc = (inner: string, attributes = '') =>
  around(`<bpmn:adHocSubProcess id="X" name="Choose" ${attributes}>${inner}</bpmn:adHocSubProcess>`);
const A_B = '<bpmn:task id="A"/><bpmn:task id="B"/>';

describe('readBpmn: multi-instance', () => {
  refuses({
    'a loop without a collection or a number': [around(loop('')), 'missing-property', /no input collection/],
    'a collection beside a number': [
      around(loop(ITEMS + cardinality('=3'))),
      'unsupported-element',
      /loopCardinality beside an input collection/,
    ],
    'a negative number': [around(loop(cardinality('-1'))), 'illegal-number', /loopCardinality "-1"/],
    'a number with a fraction': [around(loop(cardinality('2.5'))), 'illegal-number', /loopCardinality "2.5"/],
    'a number that does not parse': [around(loop(cardinality('=3 +'))), 'invalid-expression', /loopCardinality/],
    'an input element of a number': [
      around(loop(zeebe('inputElement="item"') + cardinality('=3'))),
      'missing-property',
      /input collection for its input element/,
    ],
    'an input element that is no name': [
      around(loop(zeebe('inputCollection="=items" inputElement="__proto__"'))),
      'invalid-name',
      /__proto__/,
    ],
    'an output collection that is no name': [
      around(loop(zeebe('inputCollection="=items" outputCollection="a b" outputElement="=1"'))),
      'invalid-name',
      /"a b"/,
    ],
    'data of BPMN beside data of zeebe': [
      around(loop(`${ITEMS}<bpmn:inputDataItem id="I" name="item"/>`)),
      'unsupported-element',
      /inputDataItem beside zeebe:loopCharacteristics/,
    ],
    'an input item that is no name': [
      around(loop(`${cardinality('=2')}<bpmn:inputDataItem id="I" name="the item"/>`)),
      'invalid-name',
      /inputDataItem of task \(X\), "the item"/,
    ],
    'an output item that goes nowhere': [
      around(loop(`${cardinality('=2')}<bpmn:outputDataItem id="O" name="result"/>`)),
      'missing-property',
      /loopDataOutputRef/,
    ],
    'another behavior': [around(loop(ITEMS, 'behavior="Some"')), 'unsupported-element', /behavior "Some"/],
    'behavior One without its event': [
      around(loop(ITEMS, 'behavior="One"')),
      'missing-property',
      /no oneBehaviorEventRef/,
    ],
    'behavior None without its event': [
      around(loop(ITEMS, 'behavior="None"')),
      'missing-property',
      /no noneBehaviorEventRef/,
    ],
    'an event that is never thrown': [
      around(loop(ITEMS, 'oneBehaviorEventRef="D"'), {
        roots: `<bpmn:signal id="S" name="s"/><bpmn:signalEventDefinition id="D" signalRef="S"/>`,
      }),
      'unsupported-element',
      /oneBehaviorEventRef with behavior "All"/,
    ],
    'an event that cannot be thrown': [
      around(loop(ITEMS, 'behavior="One" oneBehaviorEventRef="D"'), {
        roots: `<bpmn:timerEventDefinition id="D">${formal('timeDuration', 'PT1H')}</bpmn:timerEventDefinition>`,
      }),
      'unsupported-element',
      /A loop that throws timerEventDefinition/,
    ],
    'behavior Complex without rules': [
      around(loop(ITEMS, 'behavior="Complex"')),
      'missing-property',
      /complexBehaviorDefinition/,
    ],
    'a rule without a condition': [
      complex('<bpmn:event id="Ev"><bpmn:errorEventDefinition errorRef="E"/></bpmn:event>'),
      'invalid-expression',
      /condition of a loop event/,
    ],
    'a rule without an event': [complex(formal('condition', '=true')), 'missing-property', /complexBehaviorDefinition/],
    'a rule with an event of nothing': [
      complex(`${formal('condition', '=true')}<bpmn:event id="Ev"/>`),
      'missing-property',
      /complexBehaviorDefinition/,
    ],
    'a job type on the event of a rule': [
      complex(
        `${formal('condition', '=true')}<bpmn:event id="Ev">${JOB}<bpmn:messageEventDefinition messageRef="M"/></bpmn:event>`,
      ),
      'unsupported-element',
      /zeebe:TaskDefinition in the event of a loop/,
    ],
  });
});

describe('readBpmn: standard loop', () => {
  refuses({
    'a loop that cannot end': [standard(''), 'missing-property', /no end to its loop/],
    'a maximum of -1': [standard('loopMaximum="-1"'), 'illegal-number', /loopMaximum "-1" of task \(X\)/],
    'a maximum of 0': [standard('loopMaximum="0"'), 'illegal-number', /loopMaximum "0"/],
    'a maximum that is no number': [standard('loopMaximum="many"'), 'illegal-number', /loopMaximum/],
    'a maximum with a fraction': [standard('loopMaximum="2.5"'), 'illegal-number', /loopMaximum "2.5"/],
    'a condition that does not parse': [
      standard('', formal('loopCondition', '=1 +')),
      'invalid-expression',
      /loop cond/,
    ],
    'an extension of the other marker': [standard('loopMaximum="2"', ITEMS), 'unsupported-element', /zeebe:LoopChar/],
  });
});

describe('readBpmn: ad-hoc sub-process', () => {
  refuses({
    'an empty one': [adHoc(''), 'missing-property', /adHocSubProcess "Choose" \(X\) has no activity that can start/],
    'one of which nothing can start': [
      adHoc(A_B + flow('FA', 'A', 'B') + flow('FB', 'B', 'A')),
      'missing-property',
      /no activity that can start/,
    ],
    'a start event inside': [adHoc(`<bpmn:startEvent id="S"/>${A_B}`), 'misplaced-event', /startEvent \(S\) stands in/],
    'an end event inside': [
      adHoc(`<bpmn:task id="A"/><bpmn:endEvent id="E"/>${flow('FA', 'A', 'E')}`),
      'misplaced-event',
      /endEvent \(E\)/,
    ],
    'another ordering': [adHoc(A_B, 'ordering="Random"'), 'unsupported-element', /ordering "Random"/],
    'an ad-hoc event sub-process': [
      adHoc(A_B, 'triggeredByEvent="true"'),
      'unsupported-element',
      /An ad-hoc event sub-process/,
    ],
    'an output that is gathered nowhere': [
      adHoc(extended('<zeebe:adHoc outputElement="=1"/>') + A_B),
      'missing-property',
      /output collection with an output element/,
    ],
    'a job worker that chooses': [adHoc(JOB + A_B), 'unsupported-element', /zeebe:TaskDefinition/],
    'a split when one activity runs at a time': [
      adHoc(`${A_B}<bpmn:task id="C"/>${flow('FA', 'A', 'B')}${flow('FC', 'A', 'C')}`, 'ordering="Sequential"'),
      'unsupported-element',
      /A split in a sequential ad-hoc sub-process at task \(A\)/,
    ],
    'a reminder when one activity runs at a time': [
      adHoc(
        `${A_B}<bpmn:boundaryEvent id="R" attachedToRef="A" cancelActivity="false"><bpmn:timerEventDefinition>${formal('timeDuration', 'PT1H')}</bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:task id="C"/>${flow('FR', 'R', 'C')}`,
        'ordering="Sequential"',
      ),
      'unsupported-element',
      /A non-interrupting event in a sequential/,
    ],
  });
});
