import type { ElementInstance } from '../instance.ts';
import { isActivity } from '../model/process-model.ts';
import { raiseIncident } from './raise-incident.ts';
import type { Run } from './run.ts';
import type { ScopeSurvey, WaitingJoin } from './survey-scope.ts';

/** Tokens left where nothing can reach them any more would keep the scope open for ever without a word. */
export function reportStrandedTokens(run: Run, scope: ElementInstance, { joins, living }: ScopeSurvey): void {
  const [join] = joins;
  if (join === undefined || living.length > 0) return;
  if ((run.draft.waits.get(scope.key) ?? []).some(({ kind }) => kind === 'incident')) return;
  raiseIncident(run, scope, {
    type: 'DEADLOCK',
    elementId: join.node.id,
    message: messageOf(join),
    retry: { kind: 'settle' },
  });
}

function messageOf({ node, tokens, emptyFlowIds }: WaitingJoin): string {
  const title = `"${node.name || node.id}"`;
  if (isActivity(node)) {
    const found = tokens.length === 1 ? '1 has' : `${tokens.length} have`;
    return `Expected ${node.startQuantity ?? 1} tokens at ${title}, but ${found} arrived and nothing else can any more`;
  }
  if (node.type === 'complexGateway') {
    const text = node.activationCondition?.text ?? '';
    return `Expected the activation condition "${text}" of ${title} to be true, but nothing else can arrive any more`;
  }
  return (
    `Expected a token on every incoming flow of ${title}, but nothing can arrive on ` +
    `${emptyFlowIds.join(', ')} any more`
  );
}
