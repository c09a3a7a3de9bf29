// Over 400 lines because the grammar is one mutually recursive whole: the order of its methods is the order of precedence.
import { FORBIDDEN_NAMES } from '../values/feel-value.ts';
import { parseNumber } from '../values/decimal.ts';
import { ANY } from '../values/feel-type.ts';
import { parseTemporal } from '../values/temporal-text.ts';
import { Cursor, KEYWORDS } from './cursor.ts';
import { KnownNames } from './known-names.ts';
import { parseType, type TypeLookup } from './parse-type.ts';
import { refuse } from './syntax-problem.ts';
import type { Argument, ArithmeticOp, ComparisonOp, Node, Parameter, Source, UnaryTests } from './syntax-tree.ts';

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

/** Reads an expression (DMN 1.5 §10.3.1.2 rule 1). Throws ExpressionSyntaxError. */
export function parseExpression(text: string, options: ParseOptions): Node {
  const parser = new Parser(text, options);
  if (/^(?:[<>]|=(?!=)|!=)/.test(text.trimStart())) {
    refuse(
      text,
      0,
      'Expected a value before the operator',
      'Write what is compared; a text after one leading = is FEEL.',
    );
  }
  const node = parser.expression();
  parser.end();
  return node;
}

/** Reads the tests of a table cell (rules 15–17). Throws ExpressionSyntaxError. */
export function parseUnaryTests(text: string, options: ParseOptions): UnaryTests {
  const parser = new Parser(text, options);
  const tests = parser.unaryTests();
  parser.end();
  return tests;
}

class Parser {
  readonly #cursor: Cursor;
  readonly #types: TypeLookup;
  #depth = 0;

  constructor(text: string, { common, names, members, types }: ParseOptions) {
    const known = new KnownNames(names, common);
    this.#cursor = new Cursor(text, known, new KnownNames(members));
    this.#types = types;
  }

  end(): void {
    if (!this.#cursor.ended) throw this.#cursor.problem('an operator or the end of the expression');
  }

  unaryTests(): UnaryTests {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (cursor.ended) return { any: true, negated: false, tests: [] };
    if (cursor.takes('-')) {
      if (cursor.ended) return { any: true, negated: false, tests: [] };
      cursor.at = start;
    }
    if (cursor.takesWord('not') && cursor.takes('(')) {
      const tests = this.#attempt(() => {
        const list = this.#testList();
        cursor.needs(')', 'a closing bracket');
        if (!cursor.ended) throw cursor.problem('the end of the tests');
        return list;
      });
      if (tests !== null) return { any: false, negated: true, tests };
    }
    cursor.at = start;
    return { any: false, negated: false, tests: this.#testList() };
  }

  #testList(): Node[] {
    const tests = [this.#test()];
    while (this.#cursor.takes(',')) tests.push(this.#test());
    return tests;
  }

  /** A positive unary test (rule 7): an operator with a bound, or an expression. */
  #test(): Node {
    return this.#operatorTest() ?? this.expression();
  }

  #operatorTest(): Node | null {
    const cursor = this.#cursor;
    const from = cursor.at;
    const op = this.#comparisonOp();
    if (op === null) return null;
    if (cursor.sees('=')) throw cursor.problem('a value after the operator');
    const operand = this.#additive();
    const place = { from, to: operand.to };
    if (op === '=' || op === '!=') return { kind: 'equals', negated: op === '!=', operand, ...place };
    const below = op === '<' || op === '<=';
    return {
      kind: 'range',
      start: below ? null : operand,
      end: below ? operand : null,
      startIncluded: op === '>=',
      endIncluded: op === '<=',
      ...place,
    };
  }

  #comparisonOp(): ComparisonOp | null {
    for (const op of ['<=', '>=', '!=', '=', '<', '>'] as const) if (this.#cursor.takes(op)) return op;
    return null;
  }

  /** Runs `read`; on a syntax error goes back and returns null. */
  #attempt<Result>(read: () => Result): Result | null {
    const { at } = this.#cursor;
    const depth = this.#depth;
    const openEnds = this.#openEnds;
    const filters = this.#filters;
    const mark = this.#cursor.names.mark();
    try {
      return read();
    } catch {
      this.#openEnds = openEnds;
      this.#filters = filters;
      this.#cursor.names.release(mark);
      this.#cursor.at = at;
      this.#depth = depth;
      return null;
    }
  }

  expression(): Node {
    const cursor = this.#cursor;
    this.#depth += 1;
    if (this.#depth > DEPTH_LIMIT) {
      refuse(cursor.text, cursor.at, `The expression nests deeper than ${DEPTH_LIMIT} levels`, 'Split it up.');
    }
    const node = this.#textual() ?? this.#disjunction();
    this.#depth -= 1;
    return node;
  }

  #textual(): Node | null {
    const cursor = this.#cursor;
    if (this.#knownAt(cursor.at, cursor.word()) !== null) return null;
    const from = cursor.at;
    if (cursor.seesWord('if')) return this.#if(from);
    if (cursor.seesWord('for')) return this.#for(from);
    if (cursor.seesWord('some') || cursor.seesWord('every')) return this.#quantified(from);
    if (cursor.seesWord('function')) return this.#function(from);
    return null;
  }

  /** A known name that begins with this keyword and goes on, such as the variable `for whom`. */
  #knownAt(at: number, keyword: string): { readonly name: string; readonly to: number } | null {
    const known = this.#cursor.names.match(this.#cursor.text, at);
    return known !== null && known.to > at + keyword.length ? known : null;
  }

  #if(from: number): Node {
    const cursor = this.#cursor;
    const form = 'if … then … else …';
    cursor.takesWord('if');
    const condition = this.#part(form);
    cursor.needsWord('then', form);
    const then = this.#part(form);
    cursor.needsWord('else', form);
    const otherwise = this.#part(form);
    return { kind: 'if', condition, then, otherwise, from, to: otherwise.to };
  }

  #part(form: string): Node {
    if (this.#cursor.ended) throw this.#cursor.problem(form);
    return this.expression();
  }

  #for(from: number): Node {
    const form = 'for … in … return …';
    this.#cursor.takesWord('for');
    return this.#scoped(() => {
      const sources = this.#sources(form);
      this.#cursor.needsWord('return', form);
      this.#cursor.names.add('partial');
      const body = this.#part(form);
      return { kind: 'for', sources, body, from, to: body.to };
    });
  }

  #quantified(from: number): Node {
    const form = 'some/every … in … satisfies …';
    const kind = this.#cursor.takesWord('some') ? 'some' : 'every';
    if (kind === 'every') this.#cursor.takesWord('every');
    return this.#scoped(() => {
      const sources = this.#sources(form);
      this.#cursor.needsWord('satisfies', form);
      const body = this.#part(form);
      return { kind, sources, body, from, to: body.to };
    });
  }

  #scoped<Result>(read: () => Result): Result {
    const mark = this.#cursor.names.mark();
    const result = read();
    this.#cursor.names.release(mark);
    return result;
  }

  #sources(form: string): Source[] {
    const cursor = this.#cursor;
    const sources: Source[] = [];
    do {
      const at = cursor.at;
      const name = cursor.quotedName() ?? cursor.joinedWords();
      if (name === '') throw cursor.problem(form);
      this.#allow(name, at);
      cursor.needsWord('in', form);
      const list = this.#part(form);
      sources.push({ name, list, end: cursor.takes('..') ? this.#additive() : null });
      cursor.names.add(name);
    } while (cursor.takes(','));
    return sources;
  }

  #function(from: number): Node {
    const cursor = this.#cursor;
    cursor.takesWord('function');
    cursor.needs('(', 'the parameters of the function in brackets');
    const parameters: Parameter[] = [];
    while (!cursor.sees(')')) {
      const at = cursor.at;
      const name = cursor.quotedName() ?? cursor.joinedWords();
      if (name === '') throw cursor.problem('the name of a parameter');
      this.#allow(name, at);
      parameters.push({ name, type: cursor.takes(':') ? parseType(cursor, this.#types) : ANY });
      if (!cursor.takes(',')) break;
    }
    cursor.needs(')', 'a closing bracket');
    if (cursor.seesWord('external')) {
      refuse(cursor.text, from, 'External functions are not executed', 'Write the function in FEEL.');
    }
    return this.#scoped(() => {
      for (const { name } of parameters) cursor.names.add(name);
      const body = this.#part('the body of the function');
      return { kind: 'function', parameters, body, from, to: body.to };
    });
  }

  #disjunction(): Node {
    let left = this.#conjunction();
    while (this.#cursor.takesWord('or')) {
      const right = this.#conjunction();
      left = this.#deeper({ kind: 'or', left, right, from: left.from, to: right.to });
    }
    return left;
  }

  #conjunction(): Node {
    let left = this.#comparison();
    while (this.#cursor.takesWord('and')) {
      const right = this.#comparison();
      left = this.#deeper({ kind: 'and', left, right, from: left.from, to: right.to });
    }
    return left;
  }

  readonly #chains = new WeakMap<Node, number>();

  /** Chains of one operator nest to the left without recursion here, but whoever walks the tree does recurse. */
  #deeper<Chain extends Node & { readonly left: Node }>(node: Chain): Chain {
    const depth = (this.#chains.get(node.left) ?? 0) + 1;
    if (depth > 4 * DEPTH_LIMIT) {
      refuse(
        this.#cursor.text,
        node.from,
        `The expression nests deeper than ${4 * DEPTH_LIMIT} levels`,
        'Split it up.',
      );
    }
    this.#chains.set(node, depth);
    return node;
  }

  #comparison(): Node {
    const cursor = this.#cursor;
    let left = this.#additive();
    for (;;) {
      const at = cursor.at;
      const op = this.#comparisonOp();
      if (op !== null) {
        if (cursor.sees('=') || cursor.sees('>') || cursor.sees('<')) {
          throw cursor.problem('a comparison with a value on both sides');
        }
        const right = this.#additive();
        left = { kind: 'comparison', op, left, right, at, from: left.from, to: right.to };
      } else if (cursor.takesWord('between')) {
        const low = this.#additive();
        cursor.needsWord('and', 'between … and …');
        const high = this.#additive();
        left = { kind: 'between', value: left, low, high, from: left.from, to: high.to };
      } else if (cursor.takesWord('in')) {
        const tests = this.#inTests();
        left = { kind: 'in', value: left, tests, from: left.from, to: cursor.at };
      } else {
        return left;
      }
    }
  }

  #inTests(): readonly Node[] {
    const cursor = this.#cursor;
    // What stands in the bracket is told by looking ahead and not by trying: trying doubles the work at every level.
    if (cursor.sees('(') && !this.#dotsAhead()) {
      cursor.takes('(');
      const list = this.#testList();
      cursor.needs(')', 'a closing bracket');
      return list;
    }
    return [this.#operatorTest() ?? this.#additive()];
  }

  #additive(): Node {
    let left = this.#multiplicative();
    for (;;) {
      const at = this.#cursor.at;
      const op = this.#arithmeticOp(['+', '-']);
      if (op === null) return left;
      left = this.#arithmetic(op, left, this.#multiplicative(), at);
    }
  }

  #multiplicative(): Node {
    let left = this.#power();
    for (;;) {
      const at = this.#cursor.at;
      if (this.#cursor.sees('**')) return left;
      const op = this.#arithmeticOp(['*', '/']);
      if (op === null) return left;
      left = this.#arithmetic(op, left, this.#power(), at);
    }
  }

  #power(): Node {
    let left = this.#negation();
    for (;;) {
      const at = this.#cursor.at;
      const op = this.#arithmeticOp(['**']);
      if (op === null) return left;
      left = this.#arithmetic(op, left, this.#negation(), at);
    }
  }

  #arithmeticOp(ops: readonly ArithmeticOp[]): ArithmeticOp | null {
    for (const op of ops) if (this.#cursor.takes(op)) return op;
    return null;
  }

  #arithmetic(op: ArithmeticOp, left: Node, right: Node, at: number): Node {
    return this.#deeper({ kind: 'arithmetic', op, left, right, at, from: left.from, to: right.to });
  }

  #negation(): Node {
    const from = this.#cursor.at;
    if (!this.#cursor.takes('-')) return this.#instanceOf();
    this.#depth += 1;
    if (this.#depth > DEPTH_LIMIT) {
      refuse(this.#cursor.text, from, `The expression nests deeper than ${DEPTH_LIMIT} levels`, 'Split it up.');
    }
    const operand = this.#negation();
    this.#depth -= 1;
    return { kind: 'negation', operand, from, to: operand.to };
  }

  #instanceOf(): Node {
    const cursor = this.#cursor;
    const value = this.#postfix();
    if (!cursor.takesWord('instance')) return value;
    cursor.needsWord('of', 'instance of and a type');
    return { kind: 'instanceOf', value, type: parseType(cursor, this.#types), from: value.from, to: cursor.at };
  }

  #postfix(): Node {
    const cursor = this.#cursor;
    let node = this.#primary();
    for (;;) {
      if (cursor.sees('.') && !cursor.sees('..')) {
        cursor.takes('.');
        const name = this.#memberName();
        node = { kind: 'path', target: node, name, from: node.from, to: this.#ended() };
      } else if (cursor.sees('[')) {
        const target = node;
        // `]1..5[` ends a range here; only a filter has an expression and ] after it.
        const filter = this.#openEnds > 0 ? this.#attempt(() => this.#filter(target)) : this.#filter(target);
        if (filter === null) return node;
        node = filter;
      } else if (cursor.sees('(')) {
        const args = this.#arguments();
        node = { kind: 'call', callee: node, args, from: node.from, to: this.#ended() };
      } else {
        return node;
      }
    }
  }

  /** Ranges being read whose end may be written `[`. */
  #openEnds = 0;
  /** Filters being read: an element's own names may stand alone there. */
  #filters = 0;

  #filter(target: Node): Node {
    const cursor = this.#cursor;
    cursor.takes('[');
    const openEnds = this.#openEnds;
    this.#openEnds = 0;
    this.#filters += 1;
    const condition = this.#operatorTest() ?? this.#part('a closing bracket ]');
    this.#filters -= 1;
    this.#openEnds = openEnds;
    cursor.needs(']', 'a closing bracket ]');
    return { kind: 'filter', target, condition, from: target.from, to: this.#ended() };
  }

  /** Where the token before the cursor ended: trailing blanks are not part of a node. */
  #ended(): number {
    let at = this.#cursor.at;
    while (at > 0 && /\s/.test(this.#cursor.text[at - 1]!)) at -= 1;
    return at;
  }

  #memberName(): string {
    const cursor = this.#cursor;
    const at = cursor.at;
    const quoted = cursor.quotedName();
    if (quoted !== null) return this.#allow(quoted, at);
    const known = cursor.members.match(cursor.text, at);
    const joined = this.#joinedEnd('any');
    if (known !== null && known.to >= joined.to) {
      cursor.at = known.to;
      cursor.blank();
      return this.#allow(known.name, at);
    }
    if (joined.name === '') throw cursor.problem('a name after the dot');
    cursor.at = joined.to;
    cursor.blank();
    return this.#allow(joined.name, at);
  }

  #joinedEnd(first: 'word' | 'any'): { readonly name: string; readonly to: number } {
    const { at } = this.#cursor;
    const name = this.#cursor.joinedWords(first);
    const to = this.#ended();
    this.#cursor.at = at;
    return { name, to };
  }

  #allow(name: string, at: number): string {
    if (FORBIDDEN_NAMES.has(name)) {
      refuse(this.#cursor.text, at, `The name <${name}> is reserved`, 'Choose another name.');
    }
    return name;
  }

  #arguments(): readonly Argument[] {
    const cursor = this.#cursor;
    cursor.takes('(');
    const args: Argument[] = [];
    while (!cursor.sees(')')) {
      const name = this.#argumentName();
      args.push({ name, value: this.#operatorTest() ?? this.#part('a closing bracket') });
      if (!cursor.takes(',')) break;
      if (cursor.sees(')')) throw cursor.problem('another argument');
    }
    cursor.needs(')', 'a closing bracket');
    if (args.some(({ name }) => (name === null) !== (args[0]!.name === null))) {
      throw cursor.problem('all arguments with names, or none');
    }
    return args;
  }

  #argumentName(): string | null {
    const cursor = this.#cursor;
    const match = /^\s*([^(){}[\]",:@]+?)\s*:/u.exec(cursor.text.slice(cursor.at, cursor.at + 200));
    if (match === null || cursor.word() === '') return null;
    cursor.at += match[0].length;
    cursor.blank();
    return match[1]!.replace(/\s+/g, ' ').replaceAll('`', '');
  }

  #primary(): Node {
    const cursor = this.#cursor;
    const from = cursor.at;
    if (cursor.ended) throw cursor.problem('a value');
    const symbol = cursor.text[from]!;
    if (symbol === '"') return { kind: 'literal', value: cursor.string(), from, to: this.#ended() };
    if (symbol === '@') return this.#temporal(from);
    if (symbol === '(') return this.#bracket(from);
    if (symbol === '[') return this.#list(from);
    if (symbol === ']') return this.#range(from);
    if (symbol === '{') return this.#context(from);
    if (symbol === '?') {
      cursor.takes('?');
      return { kind: 'name', name: '?', from, to: from + 1 };
    }
    const number = cursor.number();
    if (number !== null) {
      const value = parseNumber(number);
      if (cursor.word() !== '' && !/\s/.test(cursor.text[cursor.at - 1]!)) throw cursor.problem('an operator');
      return { kind: 'literal', value, from, to: from + number.length };
    }
    return this.#name(from);
  }

  #temporal(from: number): Node {
    const cursor = this.#cursor;
    cursor.takes('@');
    if (!cursor.sees('"')) throw cursor.problem('a date, time or duration in quotes after @');
    const value = parseTemporal(cursor.string());
    return { kind: 'literal', value, from, to: this.#ended() };
  }

  #name(from: number): Node {
    const cursor = this.#cursor;
    const quoted = cursor.quotedName();
    if (quoted !== null) return { kind: 'name', name: this.#allow(quoted, from), from, to: this.#ended() };
    const word = cursor.word();
    const known = cursor.names.match(cursor.text, from);
    if (KEYWORDS.has(word) && (known === null || known.to === from + word.length)) {
      const textual = word === 'null' || word === 'true' || word === 'false' ? null : this.#textual();
      if (textual !== null) return textual;
      if (word !== 'null' && word !== 'true' && word !== 'false') throw cursor.problem('a value');
      cursor.takesWord(word);
      return { kind: 'literal', value: word === 'null' ? null : word === 'true', from, to: from + word.length };
    }
    const joined = this.#joinedEnd('word');
    const member = this.#filters > 0 ? cursor.members.match(cursor.text, from) : null;
    let found = joined;
    for (const one of [known, member]) {
      if (one !== null && (one.to > found.to || (one.to === found.to && found === joined))) found = one;
    }
    const { name, to } = found;
    if (name === '') throw cursor.problem('a value');
    cursor.at = to;
    cursor.blank();
    return { kind: 'name', name: this.#allow(name, from), from, to };
  }

  #bracket(from: number): Node {
    const cursor = this.#cursor;
    if (this.#dotsAhead()) return this.#range(from);
    cursor.takes('(');
    const openEnds = this.#openEnds;
    this.#openEnds = 0;
    const test = this.#operatorTest();
    const inner = test ?? this.#part('a closing bracket');
    cursor.needs(')', 'a closing bracket');
    this.#openEnds = openEnds;
    return inner;
  }

  #list(from: number): Node {
    const cursor = this.#cursor;
    if (this.#dotsAhead()) return this.#range(from);
    cursor.takes('[');
    const openEnds = this.#openEnds;
    this.#openEnds = 0;
    const items: Node[] = [];
    while (!cursor.sees(']')) {
      items.push(this.#operatorTest() ?? this.#part('a closing bracket ]'));
      if (!cursor.takes(',')) break;
      if (cursor.sees(']')) throw cursor.problem('another element');
    }
    this.#openEnds = openEnds;
    cursor.needs(']', 'a closing bracket ]');
    return { kind: 'list', items, from, to: this.#ended() };
  }

  #range(from: number): Node {
    const cursor = this.#cursor;
    const startIncluded = cursor.sees('[');
    cursor.at += 1;
    cursor.blank();
    const start = this.#additive();
    cursor.needs('..', 'two dots and the end of the range');
    this.#openEnds += 1;
    const end = this.#additive();
    this.#openEnds -= 1;
    const endIncluded = cursor.sees(']');
    if (!cursor.takes(']') && !cursor.takes(')') && !cursor.takes('[')) throw cursor.problem('a closing bracket ]');
    return { kind: 'range', start, end, startIncluded, endIncluded, from, to: this.#ended() };
  }

  /** Whether this bracket holds a range: `..` follows in it, and no iteration whose own `..` it could be. */
  #dotsAhead(): boolean {
    const { text } = this.#cursor;
    let depth = 0;
    for (let at = this.#cursor.at; at < text.length; at += 1) {
      const char = text[at]!;
      if (char === '"') {
        for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
      } else if (char === '(' || char === '[' || char === '{') depth += 1;
      else if (char === ')' || char === ']' || char === '}') {
        depth -= 1;
        if (depth <= 0) return false;
      } else if (depth === 1 && char === '.' && text[at + 1] === '.') return true;
      else if (depth === 1 && (char === ',' || this.#isIteration(at))) return false;
    }
    return false;
  }

  #isIteration(at: number): boolean {
    const { text } = this.#cursor;
    if (!'fse'.includes(text[at]!) || /[\p{L}\p{N}_.]/u.test(text[at - 1] ?? ' ')) return false;
    return ['for', 'some', 'every'].includes(this.#cursor.word(at));
  }

  #context(from: number): Node {
    const cursor = this.#cursor;
    cursor.takes('{');
    return this.#scoped(() => {
      const entries: { key: string; value: Node }[] = [];
      const openEnds = this.#openEnds;
      this.#openEnds = 0;
      while (!cursor.sees('}')) {
        const key = this.#key();
        cursor.members.add(key);
        const value = this.#part('a closing brace }');
        entries.push({ key, value });
        cursor.names.add(key);
        if (!cursor.takes(',')) break;
      }
      this.#openEnds = openEnds;
      cursor.needs('}', 'a closing brace }');
      return { kind: 'context', entries, from, to: this.#ended() };
    });
  }

  #key(): string {
    const cursor = this.#cursor;
    const { at } = cursor;
    let key: string;
    if (cursor.sees('"')) {
      key = cursor.string();
    } else {
      const quoted = cursor.quotedName();
      const match = /^[^:"{}[\](),]+/u.exec(cursor.text.slice(at));
      if (quoted === null && match === null) throw cursor.problem('the name of an entry');
      key = quoted ?? match![0].trim().replace(/\s+/g, ' ');
      if (quoted === null) {
        if (/^[\d.]/.test(key)) throw cursor.problem('the name of an entry');
        cursor.at = at + match![0].length;
      }
    }
    cursor.needs(':', 'a colon after the name of the entry');
    return this.#allow(key, at);
  }
}
