import type { Expression } from '../expressions/expression.ts';
import type { VariableMapping } from './process-model.ts';

/** What a node does with the data of BPMN 2.0.2 §10.4, which are variables (ADR 0009). */
export interface Associations {
  /** Properties: variables of the node itself, null at first. */
  readonly properties: readonly string[];
  /** From around the node into variables of its own. */
  readonly inputs: readonly DataAssociation[];
  /** From its own variables to those around it. */
  readonly outputs: readonly DataAssociation[];
  /** It has outputs of its own: what its work brings stays local and leaves by association only. */
  readonly keepsResults: boolean;
  /** The first that is filled lets the activity begin; empty: it waits for nothing. */
  readonly inputSets: readonly InputSet[];
  /** One of them must be filled when the activity completes; empty: none. */
  readonly outputSets: readonly OutputSet[];
}

/** Writes one variable. */
export interface DataAssociation {
  readonly target: string;
  /** The one source, copied as it is. */
  readonly copyOf?: string;
  /** Replaces the target (`transformation`). */
  readonly transformation?: Expression;
  /** Each writes one part of the target: a dotted path that begins with its name (`assignment`). */
  readonly assignments: readonly VariableMapping[];
}

export interface InputSet {
  /** Variables that must not be null; optional and while-executing inputs are not among them. */
  readonly required: readonly string[];
  /** Places of the output sets that belong to it; absent: any. */
  readonly outputSets?: readonly number[];
}

export interface OutputSet {
  readonly required: readonly string[];
}
