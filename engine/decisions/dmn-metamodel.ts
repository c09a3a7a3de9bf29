/// <reference path="./dmn-moddle.d.ts" />
import { DmnModdle, type DmnElement, type DmnPackage, type DmnType } from 'dmn-moddle';

/**
 * dmn-moddle 12 knows DMN 1.3. What 1.4 and 1.5 added to the XML is declared here: boxed conditional, filter and iterators
 * (DMN 1.5 §10.2.2.9–10.2.2.13) and type constraints (§7.3.3). Files of 1.2–1.5 are read under its one namespace.
 */
const MODEL_NAMESPACE = /https?:\/\/www\.omg\.org\/spec\/DMN\/(20180521|20191111|20211108|20230324)\/(MODEL|DMNDI)\//g;

const child = (name: string): object => ({ name, type: 'ChildExpression', xml: { serialize: 'property' } });
const iterator = (name: string, body: string): DmnType => ({
  name,
  superClass: ['Expression'],
  properties: [{ name: 'iteratorVariable', isAttr: true, type: 'String' }, child('in'), child(body)],
});

const ADDED_TYPES: readonly DmnType[] = [
  {
    name: 'ChildExpression',
    superClass: ['DMNElement'],
    properties: [
      { name: 'typeRef', isAttr: true, type: 'String' },
      { name: 'value', type: 'Expression' },
    ],
  },
  { name: 'Conditional', superClass: ['Expression'], properties: [child('if'), child('then'), child('else')] },
  { name: 'Filter', superClass: ['Expression'], properties: [child('in'), child('match')] },
  iterator('For', 'return'),
  iterator('Every', 'satisfies'),
  iterator('Some', 'satisfies'),
];

let extended: DmnPackage | undefined;

function metamodel(): DmnPackage {
  if (extended !== undefined) return extended;
  const known = new DmnModdle().getPackages().find(({ prefix }) => prefix === 'dmn')!;
  const copy = JSON.parse(JSON.stringify(known)) as DmnPackage & { types: DmnType[] };
  copy.types.push(...ADDED_TYPES);
  copy.types
    .find(({ name }) => name === 'ItemDefinition')!
    .properties!.push({ name: 'typeConstraint', type: 'UnaryTests', xml: { serialize: 'property' } });
  extended = copy;
  return copy;
}

/** The parsed file. Rejects with an Error for text that is not DMN. */
export async function parseDmn(
  xml: string,
): Promise<{ readonly rootElement: DmnElement; readonly warnings: readonly { readonly message: string }[] }> {
  const known = xml.replace(MODEL_NAMESPACE, 'https://www.omg.org/spec/DMN/20191111/$2/');
  return new DmnModdle({ dmn: metamodel() }).fromXML(known);
}
