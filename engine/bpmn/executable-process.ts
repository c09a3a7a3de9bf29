import { elementOf, elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';

/**
 * Whether a process runs: marked `isExecutable`; in a file that marks none, every one that is drawn and not marked otherwise,
 * because modelers leave the mark out (ADR 0013).
 */
export function isExecutableProcess(element: ModdleElement): boolean {
  if (element.$type !== 'bpmn:Process') return false;
  const marked = flagOf(element, 'isExecutable');
  return marked ?? (isDrawn(element) && !marksOne(elementOf(element, '$parent')));
}

function marksOne(definitions: ModdleElement | undefined): boolean {
  return elementsOf(definitions, 'rootElements').some(
    (root) => root.$type === 'bpmn:Process' && flagOf(root, 'isExecutable') === true,
  );
}

/** A pool that is a black box has a process with nothing in it. */
const isDrawn = (process: ModdleElement): boolean => elementsOf(process, 'flowElements').length > 0;
