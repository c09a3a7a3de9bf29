import type { DecisionModel } from '../decisions/decision-model.ts';
import type { Key } from '../key.ts';
import type { CalendarSet } from '../time/build-calendar-set.ts';
import type { BindingType, ProcessModel } from './process-model.ts';

/** What a deployed process refers to, resolved by the shell before a command runs and never changed while it does. */
export interface Library {
  readonly calendars: CalendarSet;
  /** IANA zone in which dates without a zone are read. */
  readonly zone: string;
  findDecision(reference: ReferenceLookup): DeployedDecision | undefined;
  findForm(reference: ReferenceLookup): DeployedForm | undefined;
  findProcess(reference: ReferenceLookup): DeployedProcess | undefined;
}

export interface ReferenceLookup {
  readonly id: string;
  readonly bindingType: BindingType;
  readonly versionTag?: string;
  /** Deployment of the process that asks, for `deployment` binding. */
  readonly deploymentKey: Key;
}

export interface DeployedDecision {
  readonly decisionKey: Key;
  readonly version: number;
  readonly decision: DecisionModel;
}

export interface DeployedForm {
  readonly formKey: Key;
  readonly formId: string;
  readonly version: number;
}

export interface DeployedProcess {
  readonly processDefinitionKey: Key;
  readonly deploymentKey: Key;
  readonly version: number;
  readonly model: ProcessModel;
}
