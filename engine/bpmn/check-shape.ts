import { elementsWithin, xmlTree, type XmlElement } from '../xml/xml-tree.ts';
import { attributesOf } from '../xml/tag-attributes.ts';
import { applyEdits, type TextEdit } from '../xml/text-edit.ts';
import type { Metamodel, PropertyShape } from './bpmn-descriptor.ts';
import type { ProblemList } from './problem-list.ts';

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
/** The values of xsd:boolean. */
const BOOLEANS: Readonly<Record<string, string>> = { true: 'true', false: 'false', 1: 'true', 0: 'false' };

/**
 * What the parser swallows: of a child that may stand once it keeps the last, so one of two loop markers would vanish; and
 * every flag that is not written "true" it reads as false, "1" too. The first is refused, the second mended in the text that
 * comes back.
 */
export function checkShape(xml: string, metamodel: Metamodel, problems: ProblemList): string {
  const root = xmlTree(xml);
  const edits: TextEdit[] = [];
  for (const element of root === undefined ? [] : elementsWithin(root)) {
    if (element.namespace !== BPMN) continue;
    const shape = metamodel(element.local);
    if (shape === undefined) continue;
    edits.push(...mendFlags(xml, element, { flags: shape.flags, problems }));
    refuseRepeated(xml, element, { childOf: shape.childOf, problems });
  }
  return edits.length === 0 ? xml : applyEdits(xml, edits);
}

function mendFlags(
  xml: string,
  element: XmlElement,
  { flags, problems }: { readonly flags: ReadonlySet<string>; readonly problems: ProblemList },
): readonly TextEdit[] {
  if (![...element.attributes.keys()].some((name) => flags.has(name))) return [];
  return attributesOf(xml, element.open).flatMap(({ name, value, valueFrom, to }): readonly TextEdit[] => {
    if (!flags.has(name) || value === 'true' || value === 'false') return [];
    const meant = BOOLEANS[value.trim()];
    if (meant !== undefined) return [{ from: valueFrom, to: to - 1, text: meant }];
    problems.addAt(placeOf(xml, element), {
      code: 'invalid-property',
      message: `${name} of ${titleOf(element)} is "${value}", which is neither true nor false.`,
      remedy: 'Write "true" or "false".',
    });
    return [];
  });
}

function refuseRepeated(
  xml: string,
  element: XmlElement,
  {
    childOf,
    problems,
  }: { readonly childOf: (local: string) => PropertyShape | undefined; readonly problems: ProblemList },
): void {
  const seen = new Set<string>();
  for (const child of element.children) {
    const property = child.namespace === BPMN ? childOf(child.local) : undefined;
    if (property === undefined || property.isMany) continue;
    if (seen.has(property.name)) {
      problems.addAt(placeOf(xml, element), {
        code: 'repeated-element',
        message: `${titleOf(element)} has a second ${child.local} (${property.name}), of which it may have one.`,
        remedy: 'Keep one of them.',
      });
    }
    seen.add(property.name);
  }
}

function titleOf(element: XmlElement): string {
  const id = element.attributes.get('id');
  return id === undefined ? element.local : `${element.local} (${id})`;
}

function placeOf(xml: string, { attributes, open }: XmlElement) {
  return {
    elementId: attributes.get('id') ?? null,
    elementName: attributes.get('name') ?? null,
    line: xml.slice(0, open.from).split('\n').length,
  };
}
