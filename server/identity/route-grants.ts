import type { Grant } from './grants.ts';
import type { RouteGrant } from '../http/route.ts';

const rows = (...any: readonly Grant[]): RouteGrant => ({ any, of: 'rows' });
const everything = (...any: readonly Grant[]): RouteGrant => ({ any, of: 'everything' });

/** Of processes, by their BPMN id: the instance's own, not that of the process that called it. */
export const READS_DEFINITIONS = rows('PROCESS_DEFINITION:READ_PROCESS_DEFINITION');
export const READS_INSTANCES = rows('PROCESS_DEFINITION:READ_PROCESS_INSTANCE');
export const STARTS_INSTANCES = rows('PROCESS_DEFINITION:CREATE_PROCESS_INSTANCE');
export const CHANGES_INSTANCES = rows('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE');
/** Who may change an instance may end it, as in Camunda 8.8; the narrower word allows nothing else. */
export const CANCELS_INSTANCES = rows(
  'PROCESS_DEFINITION:CANCEL_PROCESS_INSTANCE',
  'PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE',
);
export const MODIFIES_INSTANCES = rows(
  'PROCESS_DEFINITION:MODIFY_PROCESS_INSTANCE',
  'PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE',
);
/** Who may change a task sees it. */
export const READS_TASKS = rows('PROCESS_DEFINITION:READ_USER_TASK', 'PROCESS_DEFINITION:UPDATE_USER_TASK');
export const CHANGES_TASKS = rows('PROCESS_DEFINITION:UPDATE_USER_TASK');

export const READS_DECISIONS = rows('DECISION_DEFINITION:READ_DECISION_DEFINITION');
export const READS_DECISION_INSTANCES = rows('DECISION_DEFINITION:READ_DECISION_INSTANCE');
export const EVALUATES_DECISIONS = rows('DECISION_DEFINITION:CREATE_DECISION_INSTANCE');
export const READS_DECISION_GRAPHS = rows('DECISION_REQUIREMENTS_DEFINITION:READ');

export const READS_RESOURCES = rows('RESOURCE:READ');
export const READS_ALL_RESOURCES = everything('RESOURCE:READ');
/** By what it is; which of them, the route asks when it knows. */
export const DELETES_RESOURCES = rows('RESOURCE:DELETE_FORM', 'RESOURCE:DELETE_DRD', 'RESOURCE:DELETE_PROCESS');
export const DEPLOYS = everything('RESOURCE:CREATE');
export const PUBLISHES_MESSAGES = everything('MESSAGE:CREATE');
export const READS_BATCHES = everything('BATCH:READ');
/** Whose instances a batch takes is told by what may be done with one of them. */
export const BEGINS_BATCHES = everything('BATCH:CREATE');
export const ORDERS_BATCHES = everything('BATCH:UPDATE');
export const PUTS_DOCUMENTS = everything('DOCUMENT:CREATE');
export const READS_DOCUMENTS = everything('DOCUMENT:READ');
export const DELETES_DOCUMENTS = everything('DOCUMENT:DELETE');
export const READS_USAGE = everything('SYSTEM:READ_USAGE_METRIC');
/** Which Camunda asks for what changes the cluster as a whole; here that is its clock. */
export const SETS_CLOCK = everything('SYSTEM:UPDATE');
/** A signal starts some and goes on with others: which of the two words counts, each receiver tells. */
export const BROADCASTS = rows(
  'PROCESS_DEFINITION:CREATE_PROCESS_INSTANCE',
  'PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE',
);
