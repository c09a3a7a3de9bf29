import type { CommandOfKind, ModifyInstance } from '../../command.ts';
import type { Key } from '../../key.ts';
import { settleScope } from '../../behaviors/complete-element.ts';
import { emit } from '../../behaviors/emit.ts';
import { outwards } from '../../behaviors/living.ts';
import { Refusal } from '../../behaviors/refusal.ts';
import type { Run } from '../../behaviors/run.ts';
import { terminateElement } from '../../behaviors/terminate-element.ts';
import { planActivation, type Activation } from './plan-activation.ts';
import { planMoves } from './plan-moves.ts';
import { checkTermination } from './plan-terminations.ts';
import { ProblemsFound } from './problems-found.ts';
import { startActivation } from './start-activation.ts';

/**
 * Changes the tokens by hand (Camunda 8 «modify process instance»). Everything is checked first, so that each instruction
 * that cannot be carried out is named at once; then what starts is started before what ends is ended, so that a scope in
 * which a token only moves stays.
 */
export function modifyInstance(run: Run, command: CommandOfKind<'modifyInstance'>): void {
  const problems = new ProblemsFound();
  refuseNothing(command);
  const moves = planMoves(run, command.move, problems);
  const activations = [
    ...command.activate.flatMap((instruction) => planActivation(run, { instruction }, problems) ?? []),
    ...moves.activations,
  ];
  for (const key of command.terminate) checkTermination(run, key, problems);
  const terminate = [...command.terminate, ...moves.terminate];
  refuseLost(run, activations, terminate, problems);
  problems.refuse('a modification that can be carried out');
  emit(run, {
    kind: 'instanceModified',
    activated: activations.map(({ node }) => node.id),
    terminated: [
      ...terminate.map((key) => run.draft.elements.get(key)?.elementId ?? ''),
      ...moves.tokens.map(({ elementId }) => elementId),
    ],
  });
  const made = new Map<string, Key>();
  for (const activation of activations) startActivation(run, activation, made);
  const left = new Set<Key>();
  for (const token of moves.tokens) {
    emit(run, { kind: 'tokenConsumed', token });
    left.add(token.scopeKey);
  }
  for (const key of terminate) {
    const scopeKey = run.draft.elements.get(key)?.scopeKey;
    terminateElement(run, key);
    if (scopeKey !== undefined && scopeKey !== null) left.add(scopeKey);
  }
  for (const key of left) endIfEmpty(run, key);
}

function refuseNothing({ activate, terminate, move }: ModifyInstance): void {
  if (activate.length + terminate.length + move.length > 0) return;
  throw new Refusal('INVALID_ARGUMENT', 'Expected something to activate, terminate or move, but got no instruction');
}

/** What starts inside something that ends would be lost without a word. */
function refuseLost(
  run: Run,
  activations: readonly Activation[],
  terminate: readonly Key[],
  problems: ProblemsFound,
): void {
  const ending = new Set(terminate);
  for (const { node, baseKey } of activations) {
    if (![...outwards(run, baseKey)].some(({ key }) => ending.has(key))) continue;
    problems.add(node.id, {
      message: `"${node.name || node.id}" would start inside an element instance that ends`,
      remedy: 'Name another ancestor, or do not terminate that instance.',
    });
  }
}

/** A scope that loses its last token by hand has not completed: it ends, too, and so on outwards. */
function endIfEmpty(run: Run, scopeKey: Key): void {
  const scope = run.draft.elements.get(scopeKey);
  if (scope === undefined || scope.state === 'compensating' || run.flights.stepsIn(scopeKey) > 0) return;
  if (run.draft.childrenOf(scopeKey).size > 0) return;
  const hasTokens = (run.draft.waits.get(scopeKey) ?? []).some(({ kind }) => kind === 'token');
  // An ad-hoc sub-process may wait for the next choice; tokens at a join are looked at when everything rests.
  if (scope.elementType === 'adHocSubProcess' || hasTokens) {
    settleScope(run, scopeKey);
    return;
  }
  const { header } = run.draft;
  if (scope.scopeKey !== null) {
    terminateElement(run, scopeKey);
    endIfEmpty(run, scope.scopeKey);
    return;
  }
  if (header.parent !== null) {
    throw new Refusal(
      'INVALID_STATE',
      `Expected something of the called process instance ${header.processInstanceKey} to go on, but everything in it ` +
        `would end; terminate its call activity in ${header.parent.processInstanceKey} instead`,
    );
  }
  terminateElement(run, scopeKey);
  emit(run, { kind: 'instanceTerminated' });
}
