import type { ElementInstance } from '../instance.ts';
import type { FlowNode } from '../model/process-model.ts';
import { planIterationEnd } from './loop.ts';
import { planAdHocCompletion } from './ad-hoc.ts';
import type { Run } from './run.ts';

/** What the completion of an element means to the loop or the ad-hoc sub-process that holds it. */
export interface InnerCompletion {
  /** Whether the element's own outgoing flows get a token. */
  readonly takesFlows: boolean;
  /** While the element still lives. */
  record(): void;
  /** When it is gone; the scope is settled after this. */
  goOn(): void;
}

/** Evaluates every expression that the holder asks; null when nothing holds the element that wants to know. */
export function planInnerCompletion(run: Run, node: FlowNode, element: ElementInstance): InnerCompletion | null {
  return element.loopIndex === null ? planAdHocCompletion(run, node, element) : planIterationEnd(run, node, element);
}
