import type { EventDefinition, SingleEventDefinition } from './event-definition.ts';

/** The single definitions of an event, one for most. */
export function definitionsOf(event: EventDefinition): readonly SingleEventDefinition[] {
  return event.kind === 'multiple' ? event.definitions : [event];
}

/** Whether everything the event waits for must happen before it goes on (`parallelMultiple`). */
export function waitsForAll(event: EventDefinition): boolean {
  return event.kind === 'multiple' && event.parallel;
}
