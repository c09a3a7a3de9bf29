import { guardXml, type XmlDangerCode } from '../xml/guard-xml.ts';
import type { ProblemList } from './problem-list.ts';

/** `reliability.md` §3.2; the shapes of the diagram do not count. */
const ELEMENT_LIMIT = 3_000;
const DIAGRAM = /^(bpmndi|di|dc):/;

const REMEDIES: Readonly<Record<XmlDangerCode, string>> = {
  'too-large': 'Split the process.',
  doctype: 'Remove it: BPMN needs none.',
  'too-deep': 'Use call activities.',
  'too-many-elements': 'Use call activities.',
};

/** Checks size, `<!DOCTYPE`, depth and number of BPMN elements before the text is parsed. True when it may be parsed. */
export function guardBpmn(xml: string, problems: ProblemList): boolean {
  const danger = guardXml(xml, { elementLimit: ELEMENT_LIMIT, counts: (name) => !DIAGRAM.test(name) });
  if (danger !== undefined) problems.add(undefined, { ...danger, remedy: REMEDIES[danger.code] });
  return danger === undefined;
}
