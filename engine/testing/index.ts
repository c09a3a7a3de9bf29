export { runTrace } from './run-trace.ts';
export { describeRecord } from './describe-record.ts';
export { instanceRows } from '../instance-rows.ts';
