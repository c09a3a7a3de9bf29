import type { BindingType, FormBinding } from '../model/process-model.ts';
import { attributeText, attributesOf, setAttributes } from '../xml/tag-attributes.ts';
import { applyEdits, type TextEdit } from '../xml/text-edit.ts';
import { elementsWithin, xmlTree, type XmlElement } from '../xml/xml-tree.ts';

/** The form of one user task or start event, as it should stand in the file. */
export interface StepForm {
  readonly formId: string;
  readonly bindingType: BindingType;
  readonly versionTag?: string;
  readonly binding?: FormBinding;
}

/** An element that is to be changed is not in the file, or is none that can have a form. */
export class NoSuchStep extends Error {
  override readonly name = 'NoSuchStep';
  readonly elementId: string;
  constructor(elementId: string) {
    super(`Expected a user task or start event "${elementId}" in the file, but there is none.`);
    this.elementId = elementId;
  }
}

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const ZEEBE = { uri: 'http://camunda.org/schema/zeebe/1.0', prefix: 'zeebe' } as const;
const OURS = { uri: 'urn:reglament:bpmn:1', prefix: 'reglament' } as const;
type Vocabulary = typeof ZEEBE | typeof OURS;
const INDENT = '  ';

/**
 * The same file with other forms at some of its steps. The text is edited in place, not written anew by a serialiser: whatever is
 * not `zeebe:formDefinition` or `reglament:formBinding` of these steps keeps every sign (ADR 0024).
 * @throws NoSuchStep
 */
export function rewriteForms(xml: string, steps: ReadonlyMap<string, StepForm | null>): string {
  const root = xmlTree(xml);
  const elements = root === undefined ? [] : [...elementsWithin(root)];
  const missing = new Map<Vocabulary, string>();
  const edits: TextEdit[] = [];
  for (const [elementId, form] of steps) {
    const element = elements.find((one) => isStep(one) && one.attributes.get('id') === elementId);
    if (element === undefined) throw new NoSuchStep(elementId);
    const prefixOf = (words: Vocabulary, scope: XmlElement): string => {
      for (const [prefix, uri] of scope.namespaces) if (uri === words.uri) return prefix;
      const fresh = missing.get(words) ?? freePrefix(elements, words.prefix);
      missing.set(words, fresh);
      return fresh;
    };
    edits.push(...stepEdits(xml, element, form, prefixOf));
  }
  if (root !== undefined && missing.size > 0) {
    const at = attributesOf(xml, root.open).at(-1)?.to ?? root.open.from + 1 + root.name.length;
    for (const [{ uri }, prefix] of missing)
      edits.push({ from: at, to: at, text: attributeText(`xmlns:${prefix}`, uri) });
  }
  return applyEdits(xml, edits);
}

function isStep({ namespace, local }: XmlElement): boolean {
  return namespace === BPMN && (local === 'userTask' || local === 'startEvent');
}

function freePrefix(elements: readonly XmlElement[], wanted: string): string {
  const taken = new Set(elements.flatMap(({ namespaces }) => [...namespaces.keys()]));
  let prefix = wanted;
  for (let count = 1; taken.has(prefix); count += 1) prefix = `${wanted}${count}`;
  return prefix;
}

type PrefixOf = (words: Vocabulary, scope: XmlElement) => string;

function stepEdits(xml: string, element: XmlElement, form: StepForm | null, prefixOf: PrefixOf): readonly TextEdit[] {
  const extensions = element.children.find(
    ({ namespace, local }) => namespace === BPMN && local === 'extensionElements',
  );
  const child = (words: Vocabulary, name: string): XmlElement | undefined =>
    extensions?.children.find(({ namespace, local }) => namespace === words.uri && local === name);
  const definition = child(ZEEBE, 'formDefinition');
  const binding = child(OURS, 'formBinding');
  const wantedForm = form && {
    formId: form.formId,
    // Nothing said means the latest version: a file that says nothing is left so.
    bindingType:
      form.bindingType === 'latest' && definition?.attributes.get('bindingType') === undefined
        ? undefined
        : form.bindingType,
    versionTag: form.bindingType === 'versionTag' ? form.versionTag : undefined,
  };
  const wantedBinding = form && bindingAttributes(form.binding, binding);
  const scope = extensions ?? element;
  const inserts: string[] = [];
  const edits: TextEdit[] = [];
  const put = (words: Vocabulary, name: string, stands: XmlElement | undefined, wanted: Attributes | null): void => {
    if (wanted === null) {
      if (stands) edits.push(removal(xml, stands));
    } else if (stands) edits.push(...setAttributes(xml, stands.open, wanted));
    else {
      const prefix = prefixOf(words, scope);
      const attributes = Object.entries(wanted).map(([key, value]) =>
        value === undefined ? '' : attributeText(key, value),
      );
      inserts.push(`<${prefix === '' ? '' : `${prefix}:`}${name}${attributes.join('')} />`);
    }
  };
  put(ZEEBE, 'formDefinition', definition, wantedForm);
  put(OURS, 'formBinding', binding, wantedBinding);
  return [...edits, ...insertion(xml, { element, extensions, inserts })];
}

type Attributes = Readonly<Record<string, string | undefined>>;

/** Null: no element is needed. A list that says the same is left as it is written. */
function bindingAttributes(binding: FormBinding | undefined, stands: XmlElement | undefined): Attributes | null {
  const { readable, writable, requiredHere } = binding ?? {};
  const lists = { readable, writable, required: requiredHere };
  if (Object.values(lists).every((list) => list === undefined)) return null;
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => {
      const written = stands?.attributes.get(name);
      const same = list !== undefined && written !== undefined && listIn(written).join() === list.join();
      return [name, same ? written : list?.join(', ')];
    }),
  );
}

/** `a, b` as a list; nothing between the quotes is an empty one. */
export function listIn(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.split(',').map((part) => part.trim());
}

/** The element and the space before it. */
function removal(xml: string, { open, end }: XmlElement): TextEdit {
  let from = open.from;
  while (from > 0 && /\s/.test(xml[from - 1]!)) from -= 1;
  return { from, to: end, text: '' };
}

function insertion(
  xml: string,
  place: {
    readonly element: XmlElement;
    readonly extensions: XmlElement | undefined;
    readonly inserts: readonly string[];
  },
): readonly TextEdit[] {
  const { element, extensions, inserts } = place;
  if (inserts.length === 0) return [];
  const last = extensions?.children.at(-1);
  if (last) {
    const space = lineBefore(xml, last.open.from);
    return [{ from: last.end, to: last.end, text: inserts.map((text) => space + text).join('') }];
  }
  const outer = lineBefore(xml, (extensions ?? element).open.from);
  if (extensions) return [filled(xml, extensions, inserts.map((text) => within(outer) + text).join('') + outer)];
  const name = element.name.replace(element.local, 'extensionElements');
  const inner = within(outer);
  const block = `${inner}<${name}>${inserts.map((text) => within(inner) + text).join('')}${inner}</${name}>`;
  // BPMN 2.0.2 §8.3.1: the documentation comes first.
  const documented = element.children
    .filter(({ local, namespace }) => namespace === BPMN && local === 'documentation')
    .at(-1);
  const at = documented?.end ?? element.open.to;
  return [element.open.empty ? filled(xml, element, block + outer) : { from: at, to: at, text: block }];
}

/** The start of a line one level deeper; what stands in one line stays in one. */
function within(line: string): string {
  return line === '' ? '' : line + INDENT;
}

/** An element without children gets its content. */
function filled(xml: string, { open, name, closeFrom }: XmlElement, content: string): TextEdit {
  if (!open.empty) return { from: open.to, to: closeFrom, text: content };
  let from = open.to - 2;
  while (/\s/.test(xml[from - 1]!)) from -= 1;
  return { from, to: open.to, text: `>${content}</${name}>` };
}

/** The line break and the indent that stand before a place; '' where something else does. */
function lineBefore(xml: string, at: number): string {
  return /\r?\n[ \t]*$/.exec(xml.slice(Math.max(0, at - 200), at))?.[0] ?? '';
}
