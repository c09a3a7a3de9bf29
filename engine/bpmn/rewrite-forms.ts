import type { Audience, BindingType, FormBinding } from '../model/process-model.ts';
import {
  appended,
  emptyElement,
  filled,
  lineBefore,
  prefixedName,
  removal,
  within,
  type Attributes,
  type ElementText,
} from '../xml/element-edits.ts';
import { attributeText, attributesOf, setAttributes } from '../xml/tag-attributes.ts';
import { applyEdits, type TextEdit } from '../xml/text-edit.ts';
import { elementsWithin, xmlTree, type XmlElement } from '../xml/xml-tree.ts';
import { rewriteOpenTo } from './rewrite-open-to.ts';

/** The form of one user task or start event, as it should stand in the file. */
export interface StepForm {
  readonly formId: string;
  readonly bindingType: BindingType;
  readonly versionTag?: string;
  readonly binding?: FormBinding;
  /** Of a start event: who from outside of the house starts the process by it. Absent leaves what stands, an empty list is nobody. */
  readonly openTo?: readonly Audience[];
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
  const inserts: ElementText[] = [];
  const edits: TextEdit[] = [];
  const put = (words: Vocabulary, name: string, stands: XmlElement | undefined, wanted: Attributes | null): void => {
    if (wanted === null) {
      if (stands) edits.push(removal(xml, stands));
    } else if (stands) edits.push(...setAttributes(xml, stands.open, wanted));
    else inserts.push(() => emptyElement(prefixedName(prefixOf(words, scope), name), wanted));
  };
  put(ZEEBE, 'formDefinition', definition, wantedForm);
  put(OURS, 'formBinding', binding, wantedBinding);
  // A form that is not there is open to nobody: the deployment refuses the property without one.
  const openTo = form === null ? [] : form.openTo;
  if (element.local === 'startEvent' && openTo) {
    const properties = child(ZEEBE, 'properties');
    const changed = rewriteOpenTo(xml, { properties, openTo, prefix: () => prefixOf(ZEEBE, properties ?? scope) });
    edits.push(...changed.edits);
    inserts.push(...changed.inserts);
  }
  return [...edits, ...insertion(xml, { element, extensions, inserts })];
}

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

function insertion(
  xml: string,
  place: {
    readonly element: XmlElement;
    readonly extensions: XmlElement | undefined;
    readonly inserts: readonly ElementText[];
  },
): readonly TextEdit[] {
  const { element, extensions, inserts } = place;
  if (inserts.length === 0) return [];
  if (extensions) return appended(xml, extensions, inserts);
  const outer = lineBefore(xml, element.open.from);
  const name = element.name.replace(element.local, 'extensionElements');
  const inner = within(outer);
  const line = within(inner);
  const block = `${inner}<${name}>${inserts.map((text) => line + text(line)).join('')}${inner}</${name}>`;
  // BPMN 2.0.2 §8.3.1: the documentation comes first.
  const documented = element.children
    .filter(({ local, namespace }) => namespace === BPMN && local === 'documentation')
    .at(-1);
  const at = documented?.end ?? element.open.to;
  return [element.open.empty ? filled(xml, element, block + outer) : { from: at, to: at, text: block }];
}
