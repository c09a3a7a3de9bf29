export { buildBpmn, type ElementSpec, type ProcessSpec, type ScopeSpec } from './build-bpmn.ts';
export { describeRecord } from './describe-record.ts';
export { runTrace } from './run-trace.ts';
export { instanceRows } from '../instance-rows.ts';
