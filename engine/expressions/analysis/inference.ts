import type { Node } from '../syntax/syntax-tree.ts';
import type { FindingCode, TypeFinding } from './finding.ts';
import type { StaticType } from './static-type.ts';
import { NO_FACTS, type Facts, type TypeEnv, type VariableTypes } from './type-env.ts';

/** What is known of a node: its type, and what follows for names and paths when it is true, or false. */
export interface Inferred {
  readonly type: StaticType;
  readonly whenTrue: Facts;
  readonly whenFalse: Facts;
}

export function plain(type: StaticType): Inferred {
  return { type, whenTrue: NO_FACTS, whenFalse: NO_FACTS };
}

interface Remark {
  readonly types?: readonly StaticType[];
  readonly subject?: string | null;
  readonly suggestion?: string | null;
}

type InferNode = (node: Node, env: TypeEnv, inference: Inference) => Inferred;

/** One look at one expression: what it may use and what it has found. */
export class Inference {
  readonly text: string;
  readonly variables: VariableTypes;
  /** Names that hide built-in functions. */
  readonly declared: ReadonlySet<string>;
  readonly findings: TypeFinding[] = [];
  /** Passed in: what looks at one kind of node looks at all kinds below it. */
  readonly #inferNode: InferNode;

  constructor(options: {
    readonly text: string;
    readonly variables: VariableTypes;
    readonly declared: ReadonlySet<string>;
    readonly inferNode: InferNode;
  }) {
    this.text = options.text;
    this.variables = options.variables;
    this.declared = options.declared;
    this.#inferNode = options.inferNode;
  }

  infer(node: Node, env: TypeEnv): Inferred {
    return this.#inferNode(node, env, this);
  }

  /** Says what is wrong at a place, once. */
  report(code: FindingCode, { from, to }: Pick<Node, 'from' | 'to'>, remark: Remark = {}): void {
    if (this.findings.some((one) => one.code === code && one.from === from && one.to === to)) return;
    const before = this.text.slice(0, from);
    const { types = [], subject = null, suggestion = null } = remark;
    this.findings.push({
      code,
      from,
      to,
      line: before.split('\n').length,
      column: from - (before.lastIndexOf('\n') + 1) + 1,
      types,
      subject,
      suggestion,
    });
  }
}
