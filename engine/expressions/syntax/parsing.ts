import { FORBIDDEN_NAMES } from '../values/feel-value.ts';
import { Cursor } from './cursor.ts';
import { KnownNames } from './known-names.ts';
import type { TypeLookup } from './parse-type.ts';
import { refuse } from './syntax-problem.ts';
import type { Node } from './syntax-tree.ts';

/** Deeper trees overflow the stack of whoever walks them; a sum of 200 terms nests 200 levels. */
const DEPTH_LIMIT = 250;

export interface ParseOptions {
  /** Names of built-in functions. */
  readonly common: KnownNames;
  /** Names of variables that may stand in the text. */
  readonly names: Iterable<string>;
  /** Names that may stand after a dot. */
  readonly members: Iterable<string>;
  readonly types: TypeLookup;
}

/** The three rules that the others come back to; passed in, because the files of the grammar would import in a ring. */
export interface Grammar {
  readonly expression: (on: Parsing) => Node;
  readonly additive: (on: Parsing) => Node;
  /** An operator and its operand, as in `> 5`; null when none stands here. */
  readonly operatorTest: (on: Parsing) => Node | null;
}

/** One text being read: where it stands and what it is inside of. */
export class Parsing {
  readonly cursor: Cursor;
  readonly types: TypeLookup;
  /** Ranges being read whose end may be written `[`. */
  openEnds = 0;
  /** Filters being read: an element's own names may stand alone there. */
  filters = 0;
  #depth = 0;
  readonly #grammar: Grammar;
  readonly #chains = new WeakMap<Node, number>();

  constructor(text: string, { common, names, members, types }: ParseOptions, grammar: Grammar) {
    this.cursor = new Cursor(text, new KnownNames(names, common), new KnownNames(members));
    this.types = types;
    this.#grammar = grammar;
  }

  needsEnd(): void {
    if (!this.cursor.ended) throw this.cursor.problem('an operator or the end of the expression');
  }

  expression(): Node {
    return this.deeper(this.#grammar.expression);
  }

  additive(): Node {
    return this.#grammar.additive(this);
  }

  operatorTest(): Node | null {
    return this.#grammar.operatorTest(this);
  }

  /** An expression that must follow in the form named. */
  part(form: string): Node {
    if (this.cursor.ended) throw this.cursor.problem(form);
    return this.expression();
  }

  /** Reads one level deeper. */
  deeper(read: (on: Parsing) => Node): Node {
    this.#depth += 1;
    if (this.#depth > DEPTH_LIMIT) this.#refuseDepth(this.cursor.at, DEPTH_LIMIT);
    const node = read(this);
    this.#depth -= 1;
    return node;
  }

  /** Chains of one operator nest to the left without recursion here, but whoever walks the tree does recurse. */
  chained<Chain extends Node & { readonly left: Node }>(node: Chain): Chain {
    const depth = (this.#chains.get(node.left) ?? 0) + 1;
    if (depth > 4 * DEPTH_LIMIT) this.#refuseDepth(node.from, 4 * DEPTH_LIMIT);
    this.#chains.set(node, depth);
    return node;
  }

  #refuseDepth(at: number, limit: number): never {
    return refuse(this.cursor.text, at, `The expression nests deeper than ${limit} levels`, 'Split it up.');
  }

  /** Runs `read`; on a syntax error goes back and returns null. */
  attempt<Result>(read: () => Result): Result | null {
    const { at } = this.cursor;
    const depth = this.#depth;
    const { openEnds, filters } = this;
    const mark = this.cursor.names.mark();
    try {
      return read();
    } catch {
      this.openEnds = openEnds;
      this.filters = filters;
      this.cursor.names.release(mark);
      this.cursor.at = at;
      this.#depth = depth;
      return null;
    }
  }

  /** Names added inside of `read` are forgotten after it. */
  scoped<Result>(read: () => Result): Result {
    const mark = this.cursor.names.mark();
    const result = read();
    this.cursor.names.release(mark);
    return result;
  }

  /** Where the token before the cursor ended: trailing blanks are not part of a node. */
  ended(): number {
    let { at } = this.cursor;
    while (at > 0 && /\s/.test(this.cursor.text[at - 1]!)) at -= 1;
    return at;
  }

  allow(name: string, at: number): string {
    if (FORBIDDEN_NAMES.has(name)) {
      refuse(this.cursor.text, at, `The name <${name}> is reserved`, 'Choose another name.');
    }
    return name;
  }
}
