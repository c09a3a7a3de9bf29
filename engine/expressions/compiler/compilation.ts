import type { FeelFunction } from '../values/feel-value.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import type { Code } from './code.ts';
import type { Place } from './feel-run.ts';
import { LexicalScope } from './lexical-scope.ts';

export interface CompileTarget {
  readonly text: string;
  readonly builtins: ReadonlyMap<string, FeelFunction>;
  /** Names declared as variables; they hide built-in functions. */
  readonly declared: ReadonlySet<string>;
}

/**
 * One expression being compiled. The kinds of node stand in files of their own and nest in each other, so the way to compile
 * any node is passed in.
 */
export class Compilation {
  readonly target: CompileTarget;
  readonly scope = new LexicalScope();
  /** Variables read, in order of first use; built-ins and locals left out. */
  readonly variables = new Map<string, Place>();
  /** Inside of a question whether something exists: what is missing there needs no warning. */
  quiet = false;
  #size = 0;
  readonly #compileNode: (on: Compilation, node: Node) => Code;

  constructor(target: CompileTarget, compileNode: (on: Compilation, node: Node) => Code) {
    this.target = target;
    this.#compileNode = compileNode;
  }

  /** The slot of `?`, the value that unary tests look at. */
  bindInput(): number {
    const slot = this.scope.newSlot();
    this.scope.bind('?', slot);
    return slot;
  }

  compile(node: Node): Code {
    this.#size += 1;
    return this.#compileNode(this, node);
  }

  /** As `compile`, inside of a question whether something exists. */
  compileQuietly(node: Node): Code {
    const { quiet } = this;
    this.quiet = true;
    const code = this.compile(node);
    this.quiet = quiet;
    return code;
  }

  /** Code that runs many times, with what one run of it costs. */
  measured(compile: () => Code): { readonly code: Code; readonly cost: number } {
    const before = this.#size;
    const code = compile();
    return { code, cost: this.#size - before + 1 };
  }
}
