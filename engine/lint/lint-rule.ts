import type { DecisionModel } from '../decisions/decision-model.ts';
import type { DmnText } from '../decisions/read-dmn-files.ts';
import type { FormModel } from '../forms/form-definition.ts';
import type { FlowNode, ProcessModel, ResourceReference } from '../model/process-model.ts';
import type { TypedPlace } from './feel/typed-expressions.ts';
import type { LintFinding, LintSeverity, LintTexts, PathStep } from './lint-finding.ts';
import type { ScopeSoundness } from './soundness/soundness-of.ts';

/** Kinds of definitions that a process refers to by id. */
export type ReferencedKind = 'process' | 'decision' | 'form';

/** What lies around the process; each absent part is unknown, and what is unknown is never called wrong. */
export interface LintSurroundings {
  /** Whether a definition is deployed or comes along. `complete` false: only these files were looked at. */
  readonly references?: {
    readonly complete: boolean;
    exists(kind: ReferencedKind, reference: ResourceReference): boolean;
  };
  /** Whether a calendar is known; the reason comes in the error that `resolve` throws. */
  readonly calendars?: { resolve(id: string): unknown };
  formOf?(formId: string): FormModel | undefined;
  decisionOf?(decisionId: string): DecisionModel | undefined;
  /** The newest DMN file of a namespace, for files that import it. */
  dmnOf?(namespace: string): Promise<DmnText | undefined>;
}

/** A compiled process with what the rules look at together. */
export interface LintSubject {
  readonly process: ProcessModel;
  readonly surroundings: LintSurroundings;
  /** The token game of each scope, explored once for all rules that ask. */
  soundness(): readonly ScopeSoundness[];
  /** Every expression with its type, looked at once for all rules that ask. */
  expressions(): readonly TypedPlace[];
}

/** A finding as a rule says it: the rule, the process and the line are added for it. */
export interface RuleFinding {
  readonly at: { readonly id: string; readonly name: string } | null;
  readonly severity: LintSeverity;
  readonly code?: string;
  readonly message: LintTexts;
  readonly remedy: LintTexts;
  readonly path?: readonly PathStep[];
}

export interface LintRule {
  /** Also the name of its file and of its page. */
  readonly name: string;
  check(subject: LintSubject): readonly RuleFinding[];
}

export function findingOf(rule: { readonly name: string }, processId: string | null, found: RuleFinding): LintFinding {
  const { at, severity, code = rule.name, message, remedy, path = [] } = found;
  return {
    rule: rule.name,
    code,
    severity,
    processId,
    elementId: at?.id ?? null,
    elementName: at === null || at.name === '' ? null : at.name,
    line: null,
    message,
    remedy,
    path,
  };
}

/** «Имя» (id), or the id alone. */
export function titleOf({ id, name }: Pick<FlowNode, 'id' | 'name'>): string {
  return name === '' ? id : `«${name}» (${id})`;
}
