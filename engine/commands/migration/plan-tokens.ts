import type { CompensationRecord, Token } from '../../instance.ts';
import { isActivity } from '../../model/process-model.ts';
import { renamed, targetOf, type MigrationPlan } from './migration-plan.ts';

/** Tokens that wait at a join go flow to flow, or the plan is refused: a join counts by flow (`semantics.md`). */
export function planTokens(plan: MigrationPlan): readonly Token[] {
  const { run, to, from, problems } = plan;
  const cameBy = new Map<string, string>();
  return [...run.draft.tokens.values()].map((token) => {
    const { elementId, flowId, scopeKey } = token;
    const source = from.nodes.get(elementId);
    const target = to.nodes.get(targetOf(plan, elementId) ?? '');
    const no = (message: string, remedy: string): Token => {
      problems.add(elementId, { message, remedy });
      return token;
    };
    if (target === undefined) {
      return no(`a token waits at "${elementId}", and the plan does not say where it goes`, `Map "${elementId}".`);
    }
    const scope = run.draft.elements.get(scopeKey);
    if (target.type !== source?.type) {
      return no(
        `a token waits at "${elementId}" (${source?.type ?? ''}), but "${target.id}" is a ${target.type}`,
        'Map it to one of its own kind.',
      );
    }
    if (scope !== undefined && targetOf(plan, scope.elementId) !== target.scopeId) {
      return no(
        `a token waits at "${elementId}", but "${target.id}" lies in another scope, "${target.scopeId}"`,
        'Map it to an element of the same scope, or move the token first (modification).',
      );
    }
    const flow = plan.mapped.get(flowId) ?? flowId;
    if (!target.incoming.includes(flow)) {
      return no(
        `a token waits at "${elementId}" by the flow "${flowId}", which does not lead to "${target.id}"`,
        `Map the flow "${flowId}" to one of ${target.incoming.join(', ')}.`,
      );
    }
    const place = `${scopeKey}/${target.id}/${flow}`;
    const other = cameBy.get(place) ?? flowId;
    cameBy.set(place, other);
    if (other !== flowId) {
      return no(
        `tokens wait at "${elementId}" by "${other}" and by "${flowId}", and both would come by "${flow}"`,
        'Map each flow to a flow of its own.',
      );
    }
    return { ...token, elementId: target.id, flowId: flow };
  });
}

/** What has completed and can be undone keeps its handler: that of the element it goes to. */
export function planRecords(plan: MigrationPlan): readonly CompensationRecord[] {
  const { run, to, from, problems } = plan;
  return [...run.draft.compensations.values()].map((record) => {
    const { elementId, handlerId } = record;
    if (elementId === from.processId) return { ...record, elementId: to.processId };
    const target = to.nodes.get(renamed(plan, elementId) ?? '');
    const handler = target !== undefined && isActivity(target) ? (target.compensationHandlerId ?? null) : null;
    if (target !== undefined && (handler === null) === (handlerId === null)) {
      return { ...record, elementId: target.id, handlerId: handler };
    }
    problems.add(elementId, {
      message: `"${elementId}" has completed and can be undone, but the target has no such activity with its handler`,
      remedy: 'Map it to an activity that is undone in the same way.',
    });
    return record;
  });
}
