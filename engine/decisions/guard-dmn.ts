import { guardXml, type XmlDangerCode } from '../xml/guard-xml.ts';
import type { DmnProblem } from './invalid-dmn.ts';

const REMEDIES: Readonly<Record<XmlDangerCode, string>> = {
  'too-large': 'Split the decisions into several files.',
  doctype: 'Remove it: DMN needs none.',
  'too-deep': 'Flatten the file.',
  'too-many-elements': 'Split the decisions into several files.',
};

/** What keeps a DMN text from being parsed at all; undefined when it may be. */
export function guardDmn(xml: string): DmnProblem | undefined {
  const danger = guardXml(xml);
  return danger && { ...danger, elementId: null, elementName: null, remedy: REMEDIES[danger.code] };
}
