import { elementOf } from '../../expressions/analysis/element-of.ts';
import { inferType } from '../../expressions/analysis/infer-type.ts';
import { join, widen } from '../../expressions/analysis/join.ts';
import { storedType } from '../../expressions/analysis/stored-type.ts';
import { listType, NULL_TYPE, NUMBER_TYPE, type StaticType } from '../../expressions/analysis/static-type.ts';
import type { VariableTypes } from '../../expressions/analysis/type-env.ts';
import type { Expression } from '../../expressions/expression.ts';
import { isActivity, type Activity, type FlowNode, type ProcessModel } from '../../model/process-model.ts';
import type { LintSurroundings } from '../lint-rule.ts';
import { decisionType } from './decision-type.ts';
import { fieldType } from './field-type.ts';
import { COUNTERS, namesOfAssociations, writtenNames } from './written-names.ts';

type Writer = () => StaticType;

/**
 * Types of the variables of a process: of each name, what forms, mappings, scripts, decisions and loops write to it anywhere;
 * null too, for before. Jobs, messages and callers may write any name: where one of them can, the kinds are still believed
 * (`kinds`), the sets of values are not.
 */
export class ProcessTypes implements VariableTypes {
  readonly #writers = new Map<string, Writer[]>();
  readonly #types = new Map<string, StaticType>();
  readonly #surroundings: LintSurroundings;
  /** Nothing but what the model says can set a variable. */
  readonly complete: boolean;

  constructor(process: ProcessModel, surroundings: LintSurroundings) {
    this.#surroundings = surroundings;
    this.complete = writtenNames(process, surroundings).complete;
    for (const { variableNames = [] } of process.scopes.values()) for (const name of variableNames) this.#unknown(name);
    for (const node of process.nodes.values()) this.#addNode(node);
  }

  get(name: string): StaticType | undefined {
    const known = this.#types.get(name);
    const writers = this.#writers.get(name);
    if (known !== undefined || writers === undefined) return known;
    // A variable that depends on itself may be anything while it is looked at.
    this.#types.set(name, 'any');
    const type = join(NULL_TYPE, ...writers.map((write) => write()));
    this.#types.set(name, type);
    return type;
  }

  /** The kinds alone. */
  get kinds(): VariableTypes {
    return {
      get: (name) => {
        const type = this.get(name);
        return type === undefined ? undefined : widen(type);
      },
    };
  }

  #add(name: string, write: Writer): void {
    this.#writers.set(name, [...(this.#writers.get(name) ?? []), write]);
  }

  #unknown(name: string): void {
    this.#add(name, () => 'any');
  }

  #valueOf(expression: Expression): StaticType {
    return storedType(inferType(expression, this).type);
  }

  #addNode(node: FlowNode): void {
    for (const { source, target } of [...node.inputMappings, ...node.outputMappings]) {
      const [root = target, ...path] = target.split('.');
      this.#add(root, () => (path.length > 0 ? 'any' : this.#valueOf(source)));
    }
    for (const name of namesOfAssociations(node)) this.#unknown(name);
    if (isActivity(node)) this.#addLoop(node);
    if ('form' in node && node.form?.id.static === true) {
      for (const field of this.#surroundings.formOf?.(node.form.id.text)?.fields ?? []) {
        this.#add(field.name, () => fieldType(field, { limits: true }));
      }
    }
    if ('implementation' in node) this.#addResult(node.implementation);
    if (node.type === 'adHocSubProcess' && node.choice?.outputCollection !== undefined) {
      this.#unknown(node.choice.outputCollection);
    }
  }

  #addLoop({ multiInstance, standardLoop }: Activity): void {
    if (multiInstance === undefined && standardLoop === undefined) return;
    for (const name of COUNTERS) this.#add(name, () => NUMBER_TYPE);
    const { inputElement, outputCollection, outputElement, size } = multiInstance ?? {};
    if (inputElement !== undefined) {
      this.#add(inputElement, () => (size?.kind === 'collection' ? elementOf(this.#valueOf(size.collection)) : 'any'));
    }
    if (outputCollection !== undefined) {
      this.#add(outputCollection, () =>
        listType(outputElement === undefined ? 'any' : join(this.#valueOf(outputElement), NULL_TYPE)),
      );
    }
  }

  #addResult(implementation: Extract<FlowNode, { readonly implementation: unknown }>['implementation']): void {
    if (implementation.kind === 'script') {
      this.#add(implementation.resultVariable, () => this.#valueOf(implementation.script));
    }
    if (implementation.kind === 'decision') {
      const { id } = implementation.decision;
      const decision = id.static ? this.#surroundings.decisionOf?.(id.text) : undefined;
      this.#add(implementation.resultVariable, () =>
        decision === undefined ? 'any' : storedType(decisionType(decision)),
      );
    }
  }
}
