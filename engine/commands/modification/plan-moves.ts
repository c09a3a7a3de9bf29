import type { MoveInstruction } from '../../command.ts';
import type { ElementInstance, Token } from '../../instance.ts';
import type { Key } from '../../key.ts';
import { living } from '../../behaviors/living.ts';
import type { Run } from '../../behaviors/run.ts';
import { planActivation, type Activation } from './plan-activation.ts';
import { checkTermination } from './plan-terminations.ts';
import type { ProblemsFound } from './problems-found.ts';

export interface Moves {
  readonly activations: readonly Activation[];
  readonly terminate: readonly Key[];
  readonly tokens: readonly Token[];
}

/**
 * For each element instance at the source, and each token that waits there for its gateway to open, one activation in the
 * nearest scope that holds both ends.
 */
export function planMoves(run: Run, moves: readonly MoveInstruction[], problems: ProblemsFound): Moves {
  const activations: Activation[] = [];
  const terminate: Key[] = [];
  const tokens: Token[] = [];
  for (const { sourceElementId, targetElementId } of moves) {
    const start = (within: Key): void => {
      const instruction = { elementId: targetElementId, variables: [] };
      const planned = planActivation(run, { instruction, within }, problems);
      if (planned !== null) activations.push(planned);
    };
    const sources = [...living(run)].filter((element) => standsAt(run, element, sourceElementId));
    const waiting = [...run.draft.tokens.values()].filter(({ elementId }) => elementId === sourceElementId);
    if (sources.length + waiting.length === 0) {
      problems.add(sourceElementId, {
        message: `nothing stands at "${sourceElementId}"`,
        remedy: 'Name an element that is active.',
      });
    }
    for (const { key, scopeKey } of sources) {
      checkTermination(run, key, problems);
      terminate.push(key);
      if (scopeKey !== null) start(scopeKey);
    }
    for (const token of waiting) {
      tokens.push(token);
      start(token.scopeKey);
    }
  }
  return { activations, terminate, tokens };
}

/** A loop moves as a whole: its iterations bear the id of the body around them. */
function standsAt(run: Run, { elementId, scopeKey }: ElementInstance, sourceElementId: string): boolean {
  if (elementId !== sourceElementId) return false;
  return scopeKey === null || run.draft.elements.get(scopeKey)?.elementId !== sourceElementId;
}
