export { buildBpmn, type ElementSpec, type ProcessSpec, type ScopeSpec } from './build-bpmn.ts';
export { checkState } from './check-state.ts';
export { deepFreeze } from './deep-freeze.ts';
export { describeRecord } from './describe-record.ts';
export { runTrace } from './run-trace.ts';
export { instanceRows } from '../instance-rows.ts';
