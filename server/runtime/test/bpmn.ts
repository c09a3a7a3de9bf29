/** A BPMN file with one executable process; `body` is the content of `<bpmn:process>`, `around` stands beside it. */
export function bpmn(processId: string, body: string, around = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:reglament="urn:reglament:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file_${processId}" targetNamespace="test">
  ${around}
  <bpmn:process id="${processId}" name="Процесс ${processId}" isExecutable="true">${body}</bpmn:process>
</bpmn:definitions>`;
}

/** `start → A → B → end` given the nodes in between, each with an id. */
export function sequence(...nodes: readonly { readonly id: string; readonly xml: string }[]): string {
  const all = [
    { id: 'start', xml: '<bpmn:startEvent id="start"/>' },
    ...nodes,
    { id: 'end', xml: '<bpmn:endEvent id="end"/>' },
  ];
  const flows = all
    .slice(1)
    .map(({ id }, at) => `<bpmn:sequenceFlow id="to_${id}" sourceRef="${all[at]!.id}" targetRef="${id}"/>`);
  const connected = all.map(({ id, xml }, at) => {
    const next = all[at + 1];
    const incoming = at === 0 ? '' : `<bpmn:incoming>to_${id}</bpmn:incoming>`;
    const outgoing = next === undefined ? '' : `<bpmn:outgoing>to_${next.id}</bpmn:outgoing>`;
    return withInside(xml, incoming + outgoing);
  });
  return [...connected, ...flows].join('\n');
}

function withInside(xml: string, inside: string): string {
  const [, tag = ''] = /^<([\w:]+)/.exec(xml) ?? [];
  if (xml.endsWith('/>') && !xml.includes('</')) return `${xml.slice(0, -2)}>${inside}</${tag}>`;
  return xml.slice(0, xml.lastIndexOf('</')) + inside + `</${tag}>`;
}

export function userTask(id: string, inside = ''): { readonly id: string; readonly xml: string } {
  const assignment = '<zeebe:assignmentDefinition candidateGroups="claims, warehouse" />';
  return {
    id,
    xml: `<bpmn:userTask id="${id}" name="Задача ${id}"><bpmn:extensionElements><zeebe:userTask/>${assignment}${inside}</bpmn:extensionElements></bpmn:userTask>`,
  };
}

export function serviceTask(id: string, type: string, retries = 3): { readonly id: string; readonly xml: string } {
  return {
    id,
    xml: `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" retries="${retries}"/></bpmn:extensionElements></bpmn:serviceTask>`,
  };
}

export function timer(id: string, duration: string): { readonly id: string; readonly xml: string } {
  return {
    id,
    xml: `<bpmn:intermediateCatchEvent id="${id}"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
  };
}

/** The receiving event, and the message to put beside the process. */
export function receive(id: string, message: string, key: string) {
  return {
    id,
    xml: `<bpmn:intermediateCatchEvent id="${id}"><bpmn:messageEventDefinition messageRef="message_${message}"/></bpmn:intermediateCatchEvent>`,
    around: `<bpmn:message id="message_${message}" name="${message}"><bpmn:extensionElements><zeebe:subscription correlationKey="${key}"/></bpmn:extensionElements></bpmn:message>`,
  };
}

export function callActivity(
  id: string,
  processId: string,
  binding = '',
): { readonly id: string; readonly xml: string } {
  return {
    id,
    xml: `<bpmn:callActivity id="${id}"><bpmn:extensionElements><zeebe:calledElement processId="${processId}" propagateAllChildVariables="true"${binding}/></bpmn:extensionElements></bpmn:callActivity>`,
  };
}
