import type { Key, MappingInstruction, MoveInstruction } from '#engine';

/** What a batch asks of each of its items. Stored as it is, and read again after a restart. */
export type BatchPlan =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'resolveIncident' }
  | {
      readonly kind: 'migrate';
      readonly targetProcessDefinitionKey: Key;
      readonly mapping: readonly MappingInstruction[];
    }
  | { readonly kind: 'move'; readonly moves: readonly MoveInstruction[] };

/** The words of the Camunda 8 API, and two of ours for what it has none. */
export const OPERATION_TYPES = {
  cancel: 'CANCEL_PROCESS_INSTANCE',
  resolveIncident: 'RESOLVE_INCIDENT',
  migrate: 'MIGRATE_PROCESS_INSTANCE',
  move: 'MODIFY_PROCESS_INSTANCE',
  suspend: 'SUSPEND_PROCESS_INSTANCE',
  resume: 'RESUME_PROCESS_INSTANCE',
} as const satisfies Readonly<Record<BatchPlan['kind'], string>>;

/** `CREATED`: its items are still being written, and none is done. `FAILED`: nobody finished writing them (ADR 0026). */
export type BatchState = 'CREATED' | 'ACTIVE' | 'SUSPENDED' | 'COMPLETED' | 'CANCELED' | 'FAILED';
