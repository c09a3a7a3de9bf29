import type { DiagramView } from '#contract';

export type Diagram = DiagramView['diagrams'][number];
export type Mark = 'done' | 'current' | 'overdue' | 'incident';

/** How the elements of one diagram stand; what is not in here lies ahead. */
export interface DiagramMarks {
  readonly elements: ReadonlyMap<string, Mark>;
  /** Tokens standing on an element. */
  readonly counts: ReadonlyMap<string, number>;
  /** Minutes spent in elements that were completed. */
  readonly minutes: ReadonlyMap<string, number>;
}

/** Where the case stands outranks where it has been: an element entered again is current, not done. */
export function elementMarks(diagram: Diagram): DiagramMarks {
  const elements = new Map<string, Mark>();
  for (const elementId of diagram.flowsTaken) elements.set(elementId, 'done');
  for (const { elementId } of diagram.completed) elements.set(elementId, 'done');
  for (const { elementId, overdue, incident } of diagram.active) {
    elements.set(elementId, incident ? 'incident' : overdue ? 'overdue' : 'current');
  }
  return {
    elements,
    counts: new Map(diagram.active.map(({ elementId, count }) => [elementId, count])),
    minutes: new Map(diagram.completed.map(({ elementId, minutes }) => [elementId, minutes])),
  };
}
