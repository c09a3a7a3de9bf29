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

/** Waits for the signal, throws it; `signal` stands beside the process. */
export function signalCatch(id: string, name: string): { readonly id: string; readonly xml: string } {
  return {
    id,
    xml: `<bpmn:intermediateCatchEvent id="${id}"><bpmn:signalEventDefinition signalRef="signal_${name}"/></bpmn:intermediateCatchEvent>`,
  };
}

export function signalThrow(id: string, name: string): { readonly id: string; readonly xml: string } {
  const inputs = '<zeebe:ioMapping><zeebe:input source="=text" target="text"/></zeebe:ioMapping>';
  return {
    id,
    xml: `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements>${inputs}</bpmn:extensionElements><bpmn:signalEventDefinition signalRef="signal_${name}"/></bpmn:intermediateThrowEvent>`,
  };
}

export function signal(name: string): string {
  return `<bpmn:signal id="signal_${name}" name="${name}"/>`;
}

/** A process body `start → task → end` whose start event has these definitions. */
export function startsBy(
  definitions: string,
  task: { readonly id: string; readonly xml: string },
  parallel = false,
): string {
  const multiple = parallel ? ' parallelMultiple="true"' : '';
  return `<bpmn:startEvent id="begin"${multiple}><bpmn:outgoing>f1</bpmn:outgoing>${definitions}</bpmn:startEvent>
    ${withInside(task.xml, '<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>')}
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="${task.id}"/><bpmn:sequenceFlow id="f2" sourceRef="${task.id}" targetRef="end"/>`;
}

/** An event sub-process `start → task → end`; `definition` is what its start event waits for. */
export function eventSubProcess(
  id: string,
  definition: string,
  {
    task,
    interrupting,
  }: { readonly task: { readonly id: string; readonly xml: string }; readonly interrupting: boolean },
): string {
  return `<bpmn:subProcess id="${id}" triggeredByEvent="true">
    <bpmn:startEvent id="${id}_start" isInterrupting="${interrupting}"><bpmn:outgoing>${id}_f1</bpmn:outgoing>${definition}</bpmn:startEvent>
    ${withInside(task.xml, `<bpmn:incoming>${id}_f1</bpmn:incoming><bpmn:outgoing>${id}_f2</bpmn:outgoing>`)}
    <bpmn:endEvent id="${id}_end"><bpmn:incoming>${id}_f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="${id}_f1" sourceRef="${id}_start" targetRef="${task.id}"/>
    <bpmn:sequenceFlow id="${id}_f2" sourceRef="${task.id}" targetRef="${id}_end"/>
  </bpmn:subProcess>`;
}
