import { START_END, around, condition, duration, file, flow, process, split } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

describe('readBpmn: files, ids and flows', () => {
  refuses({
    'a document type': [`<!DOCTYPE x [<!ENTITY a "b">]>${process(START_END)}`, 'doctype', /DOCTYPE/],
    'a document type in small letters': [`<!doctype x>${process(START_END)}`, 'doctype', /DOCTYPE/],
    'more than 2 MB': [process(`<!-- ${'я'.repeat(1_100_000)} -->`), 'too-large', /2 MB/],
    'deep nesting': [
      process(`${'<bpmn:subProcess>'.repeat(100)}${'</bpmn:subProcess>'.repeat(100)}`),
      'too-deep',
      /64 levels/,
    ],
    'too many elements': [process('<bpmn:task/>'.repeat(3_001)), 'too-many-elements', /3000 elements/],
    nothing: ['', 'malformed-xml', /not well-formed/],
    'no XML': ['hello', 'malformed-xml', /not well-formed/],
    'another language': ['<html xmlns="x"><body/></html>', 'malformed-xml', /not well-formed/],
    'a tag that is not closed': [process('<bpmn:task id="A">'), 'malformed-xml', /line \d+/],
    'an unknown BPMN element': [process('<bpmn:foo/>'), 'malformed-xml', /<bpmn:foo\/> detected at line 5/],
    'an unknown attribute': [process('<bpmn:task id="A" foo="1"/>'), 'malformed-xml', /unknown attribute <foo>/],
    'an unknown zeebe attribute': [process('<bpmn:task id="A" zeebe:foo="1"/>'), 'malformed-xml', /zeebe:foo/],
    'text between elements': [process('<bpmn:task id="A">hello</bpmn:task>'), 'malformed-xml', /unexpected body text/],
    'the same id twice': [
      process('<bpmn:task id="A"/><bpmn:task id="A"/>'),
      'duplicate-id',
      /The id "A" is given twice at line/,
    ],
    'no executable process': [file('<bpmn:process id="P"/>'), 'no-executable-process', /no executable/],
    'no process at all': [file(''), 'no-executable-process', /no executable/],
    'an empty process': [process(''), 'missing-property', /no elements/],
    'an empty sub-process': [around('<bpmn:subProcess id="X"/>'), 'missing-property', /X\) has no elements/],
    'two none starts': [
      process(`${START_END}<bpmn:startEvent id="S2"/>${flow('F', 'Start', 'End')}${flow('F2', 'S2', 'End')}`),
      'several-none-starts',
      /2 none start/,
    ],
    'an id with a space': [process('<bpmn:task id="a b"/>'), 'invalid-id', /The id "a b" at line 5/],
    'an id in Cyrillic': [process('<bpmn:task id="Задача"/>'), 'invalid-id', /The id "Задача"/],
    'an id of pattern characters': [process('<bpmn:task id="A.(b+[c"/>'), 'invalid-id', /The id "A\.\(b/],
    'two loop markers, of which the parser keeps one': [
      process(
        '<bpmn:task id="A"><bpmn:standardLoopCharacteristics loopMaximum="2"/><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>',
      ),
      'repeated-element',
      /task \(A\) has a second multiInstanceLoopCharacteristics/,
    ],
    'two conditions of one flow': [
      split(condition('=a') + condition('=b'), condition('=c')),
      'repeated-element',
      /sequenceFlow \(F1\) has a second conditionExpression/,
    ],
    'a flag that is neither true nor false': [
      process(
        `<bpmn:task id="A"/><bpmn:boundaryEvent id="B" attachedToRef="A" cancelActivity="no">${duration('PT1H')}</bpmn:boundaryEvent>`,
      ),
      'invalid-property',
      /cancelActivity of boundaryEvent \(B\) is "no"/,
    ],
    '__proto__ as an id': [process('<bpmn:task id="__proto__"/>'), 'invalid-id', /__proto__/],
    'a missing id': [process('<bpmn:task/>'), 'invalid-id', /task has no valid id/],
    'an id of 101 characters': [process(`<bpmn:task id="${'a'.repeat(101)}"/>`), 'invalid-id', /no valid id/],
    'a process without an id': [
      file('<bpmn:process isExecutable="true"><bpmn:task id="A"/></bpmn:process>'),
      'invalid-id',
      /process has no valid id/,
    ],
    'a flow to nowhere': [
      process('<bpmn:task id="A"/><bpmn:sequenceFlow id="F" sourceRef="A"/>'),
      'dangling-flow',
      /F\)/,
    ],
    'a flow to something that is not there': [
      process(`<bpmn:task id="A"/>${flow('F', 'A', 'Ghost')}`),
      'malformed-xml',
      /unresolved reference <Ghost>/,
    ],
    'a flow out of a sub-process': [
      process(`<bpmn:task id="T"/><bpmn:subProcess id="S"><bpmn:task id="A"/>${flow('F', 'A', 'T')}</bpmn:subProcess>`),
      'misplaced-flow',
      /F\) crosses the border/,
    ],
    'a flow into a start event': [
      process(`<bpmn:startEvent id="S"/><bpmn:task id="A"/>${flow('F', 'S', 'A')}${flow('F2', 'A', 'S')}`),
      'misplaced-flow',
      /leads into startEvent \(S\)/,
    ],
    'a flow out of an end event': [
      process(`${START_END}<bpmn:task id="A"/>${flow('F', 'Start', 'End')}${flow('F2', 'End', 'A')}`),
      'misplaced-flow',
      /leaves endEvent \(End\)/,
    ],
    'a step nothing leads to': [
      process(`${START_END}<bpmn:task id="Lost" name="Lost one"/>${flow('F', 'Start', 'End')}`),
      'unreachable-element',
      /"Lost one"/,
    ],
    'an island that leads round in circles': [
      process(
        `${START_END}<bpmn:task id="A"/><bpmn:task id="B"/>${flow('F', 'Start', 'End')}${flow('F2', 'A', 'B')}${flow('F3', 'B', 'A')}`,
      ),
      'unreachable-element',
      /"A"/,
    ],
    'a sub-process that starts nowhere': [
      around(
        `<bpmn:subProcess id="X"><bpmn:task id="A"/><bpmn:task id="B"/>${flow('F3', 'A', 'B')}${flow('F4', 'B', 'A')}</bpmn:subProcess>`,
      ),
      'unreachable-element',
      /"A"/,
    ],
    'a split without conditions': [split('', ''), 'missing-condition', /F1\) leaves exclusiveGateway "Which\?" \(G\)/],
    'a split with a default flow and another without a condition': [
      split('', '', 'default="F2"'),
      'missing-condition',
      /F1\) leaves/,
    ],
    'a condition in JUEL': [
      split(condition('${amount &gt; 100 &amp;&amp; !paid}'), condition('=b')),
      'invalid-expression',
      /condition of sequenceFlow \(F1\), "\$\{amount > 100 && !paid\}", is written in JUEL/,
    ],
    'an empty condition': [split(condition(' '), condition('=b')), 'invalid-expression', /says nothing/],
    'a default flow of somebody else': [
      split(condition('=a'), condition('=b'), 'default="F0"'),
      'dangling-flow',
      /F0 does not leave/,
    ],
    'a condition in another language': [
      split(condition('=a', 'language="groovy"'), condition('=b')),
      'unsupported-element',
      /"groovy" at sequenceFlow \(F1\)/,
    ],
    'a condition that does not parse': [
      split(condition('=a &gt;'), condition('=b')),
      'invalid-expression',
      /"=a >"|"a >"/,
    ],
    'a condition on a flow that leaves an event': [
      process(`${START_END}${flow('F', 'Start', 'End', condition('=a'))}`),
      'unsupported-element',
      /leaves startEvent \(Start\), which does not choose/,
    ],
    'a condition on a flow that leaves a parallel gateway': [
      around('<bpmn:parallelGateway id="X"/>').replace('targetRef="End">', `targetRef="End">${condition('=a')}`),
      'unsupported-element',
      /leaves parallelGateway \(X\), which does not choose/,
    ],
    'a default flow of an inclusive gateway that leaves another': [
      around('<bpmn:inclusiveGateway id="X" default="F1"/>'),
      'dangling-flow',
      /F1 does not leave inclusiveGateway \(X\)/,
    ],
    'a complex gateway that never says when it starts': [
      around('<bpmn:complexGateway id="X"/>', { more: flow('F3', 'Start', 'X') }),
      'missing-property',
      /complexGateway \(X\) has no activation condition/,
    ],
    'isImmediate="false"': [
      around('<bpmn:task id="X"/>').replace('targetRef="End"', 'isImmediate="false" targetRef="End"'),
      'unsupported-element',
      /isImmediate at sequenceFlow \(F2\)/,
    ],
  });
});
