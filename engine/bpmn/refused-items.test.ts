import { START_END, around, flow, process, task } from './test/bpmn-text.ts';
import { refuses } from './test/refuses.ts';

const inputSet = (ids: string) => `<bpmn:inputSet id="IS">${ids}</bpmn:inputSet><bpmn:outputSet id="OS"/>`;
const IO = `<bpmn:ioSpecification id="IO"><bpmn:dataInput id="In" name="weight"/><bpmn:dataOutput id="Out" name="price"/>${inputSet('<bpmn:dataInputRefs>In</bpmn:dataInputRefs>')}</bpmn:ioSpecification>`;
const input = (target: string, inner = '', sources = '<bpmn:sourceRef>D</bpmn:sourceRef>') =>
  `<bpmn:dataInputAssociation id="IA">${sources}<bpmn:targetRef>${target}</bpmn:targetRef>${inner}</bpmn:dataInputAssociation>`;
const output = (target: string, inner = '', sources = '<bpmn:sourceRef>Out</bpmn:sourceRef>') =>
  `<bpmn:dataOutputAssociation id="OA">${sources}<bpmn:targetRef>${target}</bpmn:targetRef>${inner}</bpmn:dataOutputAssociation>`;
const transformed = (text: string) =>
  `<bpmn:transformation xsi:type="bpmn:tFormalExpression">${text}</bpmn:transformation>`;
const assigned = (from: string, to: string) =>
  `<bpmn:assignment id="AS"><bpmn:from xsi:type="bpmn:tFormalExpression">${from}</bpmn:from><bpmn:to xsi:type="bpmn:tFormalExpression">${to}</bpmn:to></bpmn:assignment>`;
const D = '<bpmn:dataObject id="D" name="weight"/>';
const D2 = '<bpmn:dataObject id="D2" name="bill"/>';
/** Start → task X with an ioSpecification → End, beside the data objects `weight` (D) and `bill` (D2). */
const withData = (inner: string, more = '') => around(task(IO + inner), { more: D + D2 + more });
const FILLED = input('In');

describe('readBpmn: data', () => {
  refuses({
    'two data objects of one name': [
      around(task(''), { more: `${D}<bpmn:dataObject id="D9" name="weight"/>` }),
      'duplicate-name',
      /dataObject "weight" \(D9\) and dataObject "weight" \(D\) are both the variable "weight"/,
    ],
    'a property named like a data object': [
      process(`<bpmn:property id="Pr" name="weight"/>${D}${START_END}${flow('F', 'Start', 'End')}`),
      'duplicate-name',
      /"weight"/,
    ],
    'a reference to no data object': [
      around(task(''), { more: '<bpmn:dataObjectReference id="R"/>' }),
      'missing-property',
      /R\) has no data object/,
    ],
    'a reference to a data object inside': [
      around('<bpmn:subProcess id="X"><bpmn:task id="A"/><bpmn:dataObject id="D"/></bpmn:subProcess>', {
        more: '<bpmn:dataObjectReference id="R" dataObjectRef="D"/>',
      }),
      'misplaced-association',
      /R\) is associated with dataObject \(D\), which lies in another scope/,
    ],
    'an association without a target': [
      withData(FILLED + output('D2').replace('<bpmn:targetRef>D2</bpmn:targetRef>', '')),
      'missing-property',
      /no target of its data output association/,
    ],
    'an input association into somebody else': [
      withData(FILLED + input('D2').replace('"IA"', '"IA2"')),
      'misplaced-association',
      /X\) leads to dataObject "bill" \(D2\), which is not its own/,
    ],
    'an association with a task': [
      withData(FILLED + output('End')),
      'misplaced-association',
      /X\) is associated with endEvent \(End\), which holds no data/,
    ],
    'a sequence flow to a data object': [
      withData(FILLED, flow('F9', 'X', 'D')),
      'misplaced-flow',
      /F9\) touches dataObject "weight" \(D\), which is no step/,
    ],
    'an association with a data object of another scope': [
      withData(
        FILLED + output('D3'),
        `<bpmn:subProcess id="Sub"><bpmn:task id="A"/><bpmn:dataObject id="D3"/></bpmn:subProcess>${flow('F9', 'X', 'Sub')}`,
      ),
      'misplaced-association',
      /X\) is associated with dataObject \(D3\), which lies in another scope/,
    ],
    'an association with a data object that another hides': [
      around(
        `<bpmn:subProcess id="X"><bpmn:dataObject id="Near" name="weight"/><bpmn:task id="T">${IO}${FILLED}</bpmn:task></bpmn:subProcess>`,
        { more: D },
      ),
      'hidden-name',
      /dataObject "weight" \(Near\) hides dataObject "weight" \(D\) from task \(T\)/,
    ],
    'two sources without a transformation': [
      withData(input('In', '', '<bpmn:sourceRef>D</bpmn:sourceRef><bpmn:sourceRef>D2</bpmn:sourceRef>')),
      'ambiguous-association',
      /to "weight" with 2 sources and no transformation/,
    ],
    'an input association without a source': [withData(input('In', '', '')), 'ambiguous-association', /with 0 sources/],
    'a transformation that does not parse': [
      withData(input('In', transformed('=weight *'))),
      'invalid-expression',
      /transformation of serviceTask \(X\), "=weight \*", does not parse/,
    ],
    'a transformation in another language': [
      withData(input('In', transformed('=1').replace('xsi:type', 'language="xpath" xsi:type'))),
      'unsupported-element',
      /"xpath"/,
    ],
    'an assignment beside its target': [
      withData(FILLED + output('D2', assigned('=price', 'weight.total'))),
      'invalid-mapping',
      /assigns to "weight.total", which is no part of "bill"/,
    ],
    'an assignment to a name that only begins like its target': [
      withData(FILLED + output('D2', assigned('=price', 'billing'))),
      'invalid-mapping',
      /"billing"/,
    ],
    'an assignment to __proto__': [
      withData(FILLED + output('D2', assigned('=price', 'bill.__proto__.x'))),
      'invalid-mapping',
      /__proto__/,
    ],
    'a set that lists the input of another': [
      around(task(IO.replace('<bpmn:dataInputRefs>In</', '<bpmn:dataInputRefs>Other</') + FILLED), {
        more: `${D}<bpmn:task id="Y"><bpmn:ioSpecification id="IO2"><bpmn:dataInput id="Other"/><bpmn:inputSet id="IS2"/><bpmn:outputSet id="OS2"/></bpmn:ioSpecification></bpmn:task>${flow('F9', 'X', 'Y')}`,
      }),
      'misplaced-association',
      /lists dataInput \(Other\), which is not its own/,
    ],
  });
});
