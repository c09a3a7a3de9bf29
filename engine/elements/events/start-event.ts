import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { planDefinition } from '../../behaviors/open-event.ts';

/**
 * BPMN 2.0.2 §10.5.2, §13.5.1: of a process, a sub-process, an event sub-process. What it waited for lies behind it; a
 * parallel multiple start of a process begins with the first of its definitions and waits here for the others. Attributes:
 * `isInterrupting`, `parallelMultiple`; `zeebe:formDefinition`, `reglament:formBinding`.
 */
export const startEvent: ElementBehavior<'startEvent'> = {
  type: 'startEvent',
  activate(run, node, element, occurrence) {
    const { event } = node;
    const startsProcess = node.scopeId === run.model.processId;
    if (event.kind !== 'multiple' || !event.parallel || !startsProcess || occurrence === undefined) {
      completeElement(run, element.key);
      return;
    }
    const openings = event.definitions.map((definition, definitionIndex) =>
      definitionIndex === occurrence.definitionIndex
        ? () => undefined
        : planDefinition(run, definition, {
            host: element,
            scopeKey: element.key,
            elementId: node.id,
            interrupting: true,
            definitionIndex,
          }),
    );
    for (const open of openings) open();
  },
};
