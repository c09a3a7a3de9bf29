/** Awaiting export from the engine's door, as in `server/runtime/engine-parts.ts`. Replace by '#engine' and delete. */
export { evaluateDecision, type DecisionResult } from '../../engine/decisions/evaluate-decision.ts';
export type { DecisionTrace } from '../../engine/decisions/decision-trace.ts';
export { readDmn } from '../../engine/decisions/read-dmn.ts';
