import { readBpmn } from '../read-bpmn.ts';
import { InvalidBpmn, type BpmnProblem } from '../invalid-bpmn.ts';

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  'xmlns:reglament="urn:reglament:bpmn:1"',
  'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(' ');

/** A whole file around root elements as written. */
export function file(roots: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions ${NAMESPACES} id="Definitions" targetNamespace="test" ${attributes}>\n${roots}\n</bpmn:definitions>\n`;
}

/** An executable process around flow elements as written. */
export function process(inner: string, { roots = '', attributes = '' } = {}): string {
  return file(`${roots}\n<bpmn:process id="P" isExecutable="true" ${attributes}>\n${inner}\n</bpmn:process>`);
}

/** Start → the element → End, where the element is `X`. */
export function around(element: string, options: { readonly roots?: string; readonly more?: string } = {}): string {
  const flows = flow('F1', 'Start', 'X') + flow('F2', 'X', 'End');
  return process(
    `<bpmn:startEvent id="Start"/>${element}<bpmn:endEvent id="End"/>${flows}${options.more ?? ''}`,
    options,
  );
}

export function flow(id: string, source: string, target: string, inner = ''): string {
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inner}</bpmn:sequenceFlow>`;
}

export function condition(text: string, attributes = ''): string {
  return `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" ${attributes}>${text}</bpmn:conditionExpression>`;
}

export function extended(...elements: readonly string[]): string {
  return `<bpmn:extensionElements>${elements.join('')}</bpmn:extensionElements>`;
}

export const JOB = extended('<zeebe:taskDefinition type="work"/>');

/** What is wrong with a file; empty when it deploys. */
export async function problemsOf(xml: string): Promise<readonly BpmnProblem[]> {
  try {
    await readBpmn(xml);
    return [];
  } catch (error) {
    if (error instanceof InvalidBpmn) return error.problems;
    throw error;
  }
}

export const START_END = '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/>';
export const MESSAGE = `<bpmn:message id="M" name="m">${extended('<zeebe:subscription correlationKey="=k"/>')}</bpmn:message>`;
export const ESCALATION = '<bpmn:escalation id="Esc" escalationCode="E1"/>';
export const SIGNAL = '<bpmn:signal id="Sig" name="s"/>';
export const conditional = (text: string) =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">${text}</bpmn:condition></bpmn:conditionalEventDefinition>`;
export const ERROR = '<bpmn:error id="E" errorCode="E1"/>';
export const task = (inner: string, attributes = '') =>
  `<bpmn:serviceTask id="X" ${attributes}>${JOB}${inner}</bpmn:serviceTask>`;
export const loop = (inner: string, attributes = '') =>
  `<bpmn:task id="X"><bpmn:multiInstanceLoopCharacteristics ${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics></bpmn:task>`;
export const ITEMS = extended('<zeebe:loopCharacteristics inputCollection="=items"/>');
export const timer = (inner: string) => `<bpmn:timerEventDefinition>${inner}</bpmn:timerEventDefinition>`;
export const duration = (text: string) =>
  timer(`<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeDuration>`);
export const cycle = (text: string) =>
  timer(`<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeCycle>`);
export const date = (text: string) => timer(`<bpmn:timeDate xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeDate>`);
export const caught = (inner: string) =>
  around(`<bpmn:intermediateCatchEvent id="X">${inner}</bpmn:intermediateCatchEvent>`, { roots: MESSAGE });
export const boundary = (inner: string, attributes = 'attachedToRef="X"') =>
  around(task(''), {
    roots: MESSAGE + ERROR,
    more: `<bpmn:boundaryEvent id="B" ${attributes}>${inner}</bpmn:boundaryEvent><bpmn:endEvent id="Out"/>${flow('F3', 'B', 'Out')}`,
  });
export const split = (first: string, second: string, attributes = '') =>
  process(
    `${START_END}<bpmn:exclusiveGateway id="G" name="Which?" ${attributes}/><bpmn:endEvent id="End2"/>` +
      flow('F0', 'Start', 'G') +
      flow('F1', 'G', 'End', first) +
      flow('F2', 'G', 'End2', second),
  );
export const pools = (flows: string, more = '') =>
  file(
    `<bpmn:collaboration id="C"><bpmn:participant id="PoolA" processRef="A"/><bpmn:participant id="PoolB" processRef="B"/>` +
      `<bpmn:participant id="Client" name="Client"/>${flows}</bpmn:collaboration>` +
      ['A', 'B']
        .map(
          (id) =>
            `<bpmn:process id="${id}" isExecutable="true"><bpmn:startEvent id="Start${id}"/><bpmn:task id="Task${id}"/>${flow(`F${id}`, `Start${id}`, `Task${id}`)}${more}</bpmn:process>`,
        )
        .join(''),
  );
