import type { ProblemList } from './problem-list.ts';

/** `reliability.md` §3.2: nested tags and huge files cost seconds and hundreds of megabytes before any check can run. */
const SIZE_LIMIT = 2 * 1024 * 1024;
const DEPTH_LIMIT = 64;
const ELEMENT_LIMIT = 3_000;
const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>/g;
const NOT_MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g;

/** Checks size, `<!DOCTYPE`, depth and number of BPMN elements before the text is parsed. True when it may be parsed. */
export function guardBpmn(xml: string, problems: ProblemList): boolean {
  const refuse = (code: string, message: string, remedy: string) => {
    problems.add(undefined, { code, message, remedy });
    return false;
  };
  if (xml.length > SIZE_LIMIT) return refuse('too-large', 'The file is larger than 2 MB.', 'Split the process.');
  if (/<!DOCTYPE/i.test(xml)) {
    return refuse('doctype', 'The file has a <!DOCTYPE> declaration.', 'Remove it: BPMN needs none.');
  }
  let depth = 0;
  let elements = 0;
  for (const [, closing, name, , selfClosing] of xml.replace(NOT_MARKUP, '').matchAll(TAG)) {
    if (closing === '/') {
      depth -= 1;
      continue;
    }
    if (selfClosing !== '/') depth += 1;
    if (!/^(bpmndi|di|dc):/.test(name ?? '')) elements += 1;
    if (depth > DEPTH_LIMIT) {
      return refuse('too-deep', `The file nests deeper than ${DEPTH_LIMIT} levels.`, 'Use call activities.');
    }
  }
  if (elements <= ELEMENT_LIMIT) return true;
  return refuse('too-many-elements', `The file has more than ${ELEMENT_LIMIT} elements.`, 'Use call activities.');
}
