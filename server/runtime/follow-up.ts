import { assertNever, type Effect, type EngineCommand, type Key, type RejectionCode } from '#engine';

/** An effect addressed to another instance of the same tree. */
export type TreeEffect = Extract<
  Effect,
  {
    kind:
      | 'startCalledInstance'
      | 'cancelCalledInstance'
      | 'suspendCalledInstance'
      | 'resumeCalledInstance'
      | 'completeCallActivity'
      | 'compensateCalledInstance'
      | 'dropCompensations'
      | 'throwErrorInParent'
      | 'throwEscalationInParent';
  }
>;

/** What leaves the tree: stored with the step, delivered after its commit. */
export type OutboxEffect = Exclude<Effect, TreeEffect>;

export function isTreeEffect(effect: Effect): effect is TreeEffect {
  switch (effect.kind) {
    case 'startCalledInstance':
    case 'cancelCalledInstance':
    case 'suspendCalledInstance':
    case 'resumeCalledInstance':
    case 'completeCallActivity':
    case 'compensateCalledInstance':
    case 'dropCompensations':
    case 'throwErrorInParent':
    case 'throwEscalationInParent':
      return true;
    case 'publishMessage':
    case 'broadcastSignal':
    case 'notifyDeadline':
      return false;
    default:
      return assertNever(effect);
  }
}

/** The command that an effect becomes; `startCalledInstance` needs the definition and is built where that is known. */
export function commandOf(effect: Exclude<TreeEffect, { kind: 'startCalledInstance' }>): EngineCommand {
  switch (effect.kind) {
    case 'cancelCalledInstance':
      return { kind: 'cancelInstance', byParent: true };
    case 'suspendCalledInstance':
      return { kind: 'suspendInstance', byParent: true };
    case 'resumeCalledInstance':
      return { kind: 'resumeInstance', byParent: true };
    case 'completeCallActivity': {
      const { elementInstanceKey, variables, compensable } = effect;
      return { kind: 'completeCalledInstance', elementInstanceKey, variables, compensable };
    }
    case 'compensateCalledInstance': {
      const { elementInstanceKey, catches } = effect;
      return { kind: 'compensateInstance', elementInstanceKey, catches };
    }
    case 'dropCompensations':
      return { kind: 'dropCompensations' };
    case 'throwErrorInParent': {
      const { elementInstanceKey, errorCode, errorMessage, variables } = effect;
      return { kind: 'throwCalledInstanceError', elementInstanceKey, errorCode, errorMessage, variables };
    }
    case 'throwEscalationInParent': {
      const { elementInstanceKey, escalationCode, variables } = effect;
      return { kind: 'throwCalledInstanceEscalation', elementInstanceKey, escalationCode, variables };
    }
    default:
      return assertNever(effect);
  }
}

/** Why a follow-up that is refused may be passed over: the other side has ended meanwhile, by the same command or before. */
export function isOutOfDate(code: RejectionCode): boolean {
  return code === 'NOT_FOUND' || code === 'INVALID_STATE';
}

export interface FollowUp {
  readonly effect: TreeEffect;
  /** The instance it came from. */
  readonly from: Key;
}
