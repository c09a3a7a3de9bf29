export interface ElementSpec {
  /** Local BPMN name, e.g. `serviceTask`. */
  readonly type: string;
  readonly name?: string;
  /** Further attributes as written, e.g. `attachedToRef="Task"`. */
  readonly attributes?: string;
  /** XML inside the element, before the flow references: extension elements, event definitions. */
  readonly inner?: string;
  /** Elements of a sub-process. */
  readonly scope?: ScopeSpec;
}

export interface ScopeSpec {
  readonly elements: Readonly<Record<string, ElementSpec | string>>;
  /** `A -> B -> C`, `G -> A [=amount > 1]`, `G -> B default`; a flow's id is `A_B`. */
  readonly flows: readonly string[];
}

export interface ProcessSpec extends ScopeSpec {
  readonly id: string;
  /** Root elements such as messages and errors, as XML. */
  readonly roots?: string;
  readonly extensions?: string;
}

interface Flow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly condition: string | undefined;
  readonly isDefault: boolean;
}

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  'xmlns:reglament="urn:reglament:bpmn:1"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(' ');

/** Writes BPMN XML without a diagram from a compact description: for tests and benchmarks. */
export function buildBpmn(...processes: readonly ProcessSpec[]): string {
  const roots = processes.map((process) => process.roots ?? '').join('');
  const body = processes
    .map(({ id, extensions, ...scope }) => {
      const extra = extensions === undefined ? '' : `<bpmn:extensionElements>${extensions}</bpmn:extensionElements>`;
      return `<bpmn:process id="${id}" isExecutable="true">${extra}${scopeXml(scope)}</bpmn:process>`;
    })
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions ${NAMESPACES} id="Definitions" targetNamespace="test">${roots}${body}</bpmn:definitions>`;
}

function scopeXml({ elements, flows }: ScopeSpec): string {
  const all = flows.flatMap(parseFlows);
  const nodes = Object.entries(elements).map(([id, spec]) =>
    nodeXml(id, typeof spec === 'string' ? { type: spec } : spec, all),
  );
  return [...nodes, ...all.map(flowXml)].join('');
}

function nodeXml(id: string, spec: ElementSpec, flows: readonly Flow[]): string {
  const fallback = flows.find((flow) => flow.source === id && flow.isDefault);
  const attributes = [
    `id="${id}"`,
    spec.name === undefined ? '' : `name="${escapeXml(spec.name)}"`,
    fallback === undefined ? '' : `default="${fallback.id}"`,
    spec.attributes ?? '',
  ];
  const references = flows
    .map((flow) => {
      const incoming = flow.target === id ? `<bpmn:incoming>${flow.id}</bpmn:incoming>` : '';
      const outgoing = flow.source === id ? `<bpmn:outgoing>${flow.id}</bpmn:outgoing>` : '';
      return incoming + outgoing;
    })
    .join('');
  // The schema wants extension elements, then flow references, then everything else.
  const [, extensions = '', rest = ''] =
    /^(<bpmn:extensionElements>.*?<\/bpmn:extensionElements>)?(.*)$/s.exec(spec.inner ?? '') ?? [];
  const inside = extensions + references + rest + (spec.scope === undefined ? '' : scopeXml(spec.scope));
  return `<bpmn:${spec.type} ${attributes.filter((text) => text !== '').join(' ')}>${inside}</bpmn:${spec.type}>`;
}

function flowXml({ id, source, target, condition }: Flow): string {
  const inside =
    condition === undefined
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:conditionExpression>`;
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`;
}

function parseFlows(text: string): readonly Flow[] {
  const [, path = '', condition, isDefault] = /^([^[]*?)\s*(?:\[(.*)\]|(default))?$/.exec(text) ?? [];
  const ids = path.split('->').map((id) => id.trim());
  return ids.slice(1).map((target, index) => {
    const source = ids[index] ?? '';
    return { id: `${source}_${target}`, source, target, condition, isDefault: isDefault !== undefined };
  });
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
