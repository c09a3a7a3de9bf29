import { elementOf, elementsOf, type ModdleElement } from './moddle-element.ts';

/**
 * Gives each sequence flow without an id one of its ends: `start-Check`. An id is optional (BPMN 2.0.2 §8.3.1), files written by
 * hand leave it out where nothing refers to it, and what happens is told by ids.
 */
export function nameFlows(definitions: ModdleElement, taken: ReadonlySet<string>): void {
  const known = new Set(taken);
  const name = (container: ModdleElement) => {
    for (const element of elementsOf(container, 'flowElements')) {
      name(element);
      const ends = [elementOf(element, 'sourceRef')?.id, elementOf(element, 'targetRef')?.id];
      if (element.$type !== 'bpmn:SequenceFlow' || element.id !== undefined || ends.includes(undefined)) continue;
      const base = ends.join('-');
      let id = base;
      for (let n = 2; known.has(id); n += 1) id = `${base}-${n}`;
      known.add(id);
      Object.assign(element, { id });
    }
  };
  for (const root of elementsOf(definitions, 'rootElements')) name(root);
}
