// Over 400 lines because one class turns every kind of node into a closure and they call each other.
import { add, isNumber, subtract, multiply, toSafeInteger } from '../values/decimal.ts';
import { isInstance } from '../values/conforms.ts';
import { compareValues, equalValues, includes } from '../values/equality.ts';
import { ANY } from '../values/feel-type.ts';
import {
  FeelFunction,
  FeelRange,
  isContext,
  isList,
  newContext,
  entryOf,
  type FeelValue,
} from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';
import type { Argument, ComparisonOp, Node, Source } from '../syntax/syntax-tree.ts';
import { refuse } from '../syntax/syntax-problem.ts';
import { calculate, negative } from './arithmetic.ts';
import type { Code } from './code.ts';
import type { FeelRun, Place } from './feel-run.ts';
import { invoke, type GivenArgument } from './invoke.ts';
import { iterationOf, stepAt, stepsOf, type Steps } from './iteration.ts';
import { LexicalScope } from './lexical-scope.ts';
import { memberOf } from './members.ts';
import { closestName } from './closest-name.ts';

/** Iterations that a text may ask for in so many words. */
const LITERAL_STEPS = 100_000;

export interface CompileTarget {
  readonly text: string;
  readonly builtins: ReadonlyMap<string, FeelFunction>;
  /** Names declared as variables; they hide built-in functions. */
  readonly declared: ReadonlySet<string>;
}

/** Functions whose first argument may be missing: that is what they ask about. */
const ASKS_WHETHER_MISSING: ReadonlySet<string> = new Set(['is defined', 'get or else']);

/** Turns the tree of one expression into a closure. Throws ExpressionSyntaxError for functions nobody knows. */
export class NodeCompiler {
  readonly #target: CompileTarget;
  readonly #scope = new LexicalScope();
  /** Variables read, in order of first use; built-ins and locals left out. */
  readonly variables = new Map<string, Place>();
  #size = 0;
  #quiet = false;

  constructor(target: CompileTarget) {
    this.#target = target;
  }

  /** The slot of `?`, the value that unary tests look at. */
  bindInput(): number {
    const slot = this.#scope.newSlot();
    this.#scope.bind('?', slot);
    return slot;
  }

  compile(node: Node): Code {
    this.#size += 1;
    switch (node.kind) {
      case 'literal': {
        const { value } = node;
        return () => value;
      }
      case 'name':
        return this.#name(node.name, node);
      case 'path':
        return this.#path(node);
      case 'filter':
        return this.#filter(node);
      case 'call':
        return this.#call(node);
      case 'arithmetic':
        return this.#arithmetic(node);
      case 'negation': {
        const operand = this.compile(node.operand);
        return (slots, run) => {
          const value = operand(slots, run);
          if (typeof value === 'number') return 0 - value;
          const result = negative(value);
          return result === undefined ? run.warn(`Can't negate '${kindName(value)}'`, node) : result;
        };
      }
      case 'comparison':
        return this.#comparison(node);
      case 'between':
        return this.#between(node);
      case 'in':
        return this.#in(node);
      case 'and':
      case 'or':
        return this.#junction(node);
      case 'instanceOf': {
        const value = this.compile(node.value);
        const { type } = node;
        return (slots, run) => isInstance(value(slots, run), type);
      }
      case 'if': {
        const condition = this.compile(node.condition);
        const then = this.compile(node.then);
        const otherwise = this.compile(node.otherwise);
        return (slots, run) => (condition(slots, run) === true ? then(slots, run) : otherwise(slots, run));
      }
      case 'for':
        return this.#for(node);
      case 'some':
      case 'every':
        return this.#quantified(node);
      case 'function':
        return this.#function(node);
      case 'list': {
        const items = node.items.map((item) => this.compile(item));
        return (slots, run) => {
          run.spend(items.length);
          return items.map((item) => item(slots, run));
        };
      }
      case 'context':
        return this.#context(node);
      case 'range':
        return this.#range(node);
      case 'equals': {
        // `= x` as a value of its own is the range of one point (DMN 1.5 rule 66).
        const operand = this.compile(node.operand);
        if (node.negated) return () => null;
        return (slots, run) => {
          const point = operand(slots, run);
          return new FeelRange({ start: point, end: point, startIncluded: true, endIncluded: true });
        };
      }
    }
  }

  #name(name: string, place: Place): Code {
    const { elements, slot } = this.#scope.resolve(name);
    const outer = slot === null ? this.#variable(name, place) : (slots: FeelValue[]) => slots[slot] ?? null;
    if (elements.length === 0) return outer;
    return (slots, run) => {
      for (const element of elements) {
        const value = slots[element]!;
        const own = isContext(value)
          ? entryOf(value, name)
          : value === null || typeof value !== 'object'
            ? undefined
            : memberIn(value, name);
        if (own !== undefined) return own;
      }
      return outer(slots, run);
    };
  }

  #variable(name: string, place: Place): Code {
    const builtin = this.#target.declared.has(name) ? undefined : this.#target.builtins.get(name);
    if (!this.variables.has(name)) this.variables.set(name, { from: place.from, to: place.to });
    const quiet = this.#quiet;
    return (_slots, run) => {
      const value = run.scope.variables.get(name) as FeelValue | undefined;
      if (value !== undefined) return value;
      if (builtin !== undefined) return builtin;
      return quiet ? null : run.warn(`Variable '${name}' not found`, place);
    };
  }

  #path({ target, name, from, to }: Extract<Node, { kind: 'path' }>): Code {
    const of = this.compile(target);
    const place = { from, to };
    const quiet = this.#quiet;
    const step = (value: FeelValue, run: FeelRun): FeelValue => {
      const member = memberOf(value, name);
      if (member !== undefined) return member;
      if (value === null || quiet) return null;
      return run.warn(`Property '${name}' not found in ${kindName(value)}`, place);
    };
    return (slots, run) => {
      const value = of(slots, run);
      if (!isList(value)) return step(value, run);
      run.spend(value.length);
      return value.map((item) => step(item, run));
    };
  }

  #filter({ target, condition, from, to }: Extract<Node, { kind: 'filter' }>): Code {
    const of = this.compile(target);
    const place = { from, to };
    const literal = literalIndex(condition);
    if (literal !== null) {
      return (slots, run) => elementAt(of(slots, run), literal, run, place);
    }
    const slot = this.#scope.newSlot();
    const mark = this.#scope.mark();
    this.#scope.bind('item', slot);
    this.#scope.enterFilter(slot);
    const { code, cost } = this.#measured(() => this.#filterCondition(condition, slot));
    this.#scope.release(mark);
    return (slots, run) => {
      const source = of(slots, run);
      const list = isList(source) ? source : source === null ? [] : [source];
      const kept: FeelValue[] = [];
      for (const [index, item] of list.entries()) {
        run.spend(cost);
        slots[slot] = item;
        const outcome = code(slots, run);
        if (index === 0 && isNumber(outcome)) {
          return elementAt(source, toSafeInteger(outcome) ?? 0, run, place);
        }
        if (outcome === true) kept.push(item);
      }
      return source === null ? null : kept;
    };
  }

  /** `[> 5]` tests the element itself. */
  #filterCondition(condition: Node, slot: number): Code {
    const isTest =
      condition.kind === 'equals' ||
      (condition.kind === 'range' && (condition.start === null || condition.end === null));
    if (!isTest) return this.compile(condition);
    const test = this.test(condition, slot, false);
    return test;
  }

  #measured(compile: () => Code): { readonly code: Code; readonly cost: number } {
    const before = this.#size;
    const code = compile();
    return { code, cost: this.#size - before + 1 };
  }

  #call(node: Extract<Node, { kind: 'call' }>): Code {
    const { callee, args } = node;
    if (callee.kind === 'name') {
      const { elements, slot } = this.#scope.resolve(callee.name);
      const isLocal = slot !== null || this.#target.declared.has(callee.name);
      if (!isLocal && callee.name === 'is defined' && args.length === 1) return this.#isDefined(args[0]!.value);
      const builtin = isLocal ? undefined : this.#target.builtins.get(callee.name);
      if (builtin !== undefined) return this.#callOf(() => builtin, node, callee.name);
      if (!isLocal && elements.length === 0) this.#refuseUnknown(callee.name, callee.from);
    }
    return this.#callOf(this.compile(callee), node, null);
  }

  #refuseUnknown(name: string, at: number): never {
    const close = closestName(name, this.#target.builtins.keys());
    const remedy = close === null ? 'Write the name of a FEEL function.' : `Did you mean <${close}>?`;
    return refuse(this.#target.text, at, `Unknown function <${name}>`, remedy);
  }

  #callOf(callee: Code, node: Extract<Node, { kind: 'call' }>, builtin: string | null): Code {
    const place = { from: node.from, to: node.to };
    const values = node.args.map((argument, index) => this.#argument(argument, index, builtin));
    const { args } = node;
    return (slots, run) => {
      const fn = callee(slots, run);
      run.spend(8); // a call takes about as long as eight other nodes
      if (!(fn instanceof FeelFunction)) {
        return run.fail(`Cannot invoke '${kindName(fn)}': it is not a function.`, place);
      }
      const given: GivenArgument[] = values.map((value, index) => ({
        name: args[index]!.name,
        value: value(slots, run),
      }));
      return invoke(fn, given, run, place);
    };
  }

  #argument({ value }: Argument, index: number, builtin: string | null): Code {
    if (index > 0 || builtin === null || !ASKS_WHETHER_MISSING.has(builtin)) return this.compile(value);
    const quiet = this.#quiet;
    this.#quiet = true;
    const code = this.compile(value);
    this.#quiet = quiet;
    return code;
  }

  /** `is defined(a.b)`: whether the variable or entry exists; a stored null does. Other arguments count unless null. */
  #isDefined(node: Node): Code {
    if (node.kind === 'name') {
      const { elements, slot } = this.#scope.resolve(node.name);
      if (slot === null && !this.variables.has(node.name)) {
        this.variables.set(node.name, { from: node.from, to: node.to });
      }
      return (slots, run) =>
        slot !== null ||
        elements.some((element) => memberOf(slots[element]!, node.name) !== undefined) ||
        run.scope.variables.get(node.name) !== undefined;
    }
    const quiet = this.#quiet;
    this.#quiet = true;
    const code = this.compile(node.kind === 'path' ? node.target : node);
    this.#quiet = quiet;
    if (node.kind !== 'path') return (slots, run) => code(slots, run) !== null;
    return (slots, run) => memberOf(code(slots, run), node.name) !== undefined;
  }

  #arithmetic({ op, left, right, at }: Extract<Node, { kind: 'arithmetic' }>): Code {
    const a = this.compile(left);
    const b = this.compile(right);
    const place = { from: at, to: at + op.length };
    const general = (x: FeelValue, y: FeelValue, run: FeelRun): FeelValue => {
      const result = calculate(op, x, y);
      if (result === undefined) return run.warn(operandMessage(op, x, y), place);
      if (typeof result === 'string') run.spend(result.length / 16);
      if (result === null) return run.warn(`No result of '${op}': division by zero or out of range`, place);
      return result;
    };
    switch (op) {
      case '+':
        return (slots, run) => {
          const x = a(slots, run);
          const y = b(slots, run);
          return typeof x === 'number' && typeof y === 'number' ? add(x, y) : general(x, y, run);
        };
      case '-':
        return (slots, run) => {
          const x = a(slots, run);
          const y = b(slots, run);
          return typeof x === 'number' && typeof y === 'number' ? subtract(x, y) : general(x, y, run);
        };
      case '*':
        return (slots, run) => {
          const x = a(slots, run);
          const y = b(slots, run);
          return typeof x === 'number' && typeof y === 'number' ? multiply(x, y) : general(x, y, run);
        };
      default:
        return (slots, run) => general(a(slots, run), b(slots, run), run);
    }
  }

  #comparison({ op, left, right, at }: Extract<Node, { kind: 'comparison' }>): Code {
    const a = this.compile(left);
    const b = this.compile(right);
    const place = { from: at, to: at + op.length };
    if (op === '=' || op === '!=') {
      const negated = op === '!=';
      return (slots, run) => {
        const x = a(slots, run);
        const y = b(slots, run);
        if (typeof x === 'string' && typeof y === 'string') return (x === y) !== negated;
        const result = equalValues(x, y, run);
        if (result === null) return run.warn(`Can't compare '${kindName(x)}' with '${kindName(y)}'`, place);
        return result !== negated;
      };
    }
    const holds = ORDER[op];
    return (slots, run) => {
      const x = a(slots, run);
      const y = b(slots, run);
      if (typeof x === 'number' && typeof y === 'number') return holds(x - y);
      const order = compareValues(x, y);
      if (order !== null) return holds(order);
      return x === null || y === null ? null : refuseOrder(x, y, run, place);
    };
  }

  #between({ value, low, high, from, to }: Extract<Node, { kind: 'between' }>): Code {
    const of = this.compile(value);
    const start = this.compile(low);
    const end = this.compile(high);
    const place = { from, to };
    return (slots, run) => {
      const x = of(slots, run);
      const bounds = [start(slots, run), end(slots, run)] as const;
      const first = compareValues(x, bounds[0]);
      const last = compareValues(x, bounds[1]);
      if (first === null || last === null) {
        const bound = first === null ? bounds[0] : bounds[1];
        return x === null || bound === null ? null : refuseOrder(x, bound, run, place);
      }
      return first >= 0 && last <= 0;
    };
  }

  #in({ value, tests }: Extract<Node, { kind: 'in' }>): Code {
    const slot = this.#scope.newSlot();
    const of = this.compile(value);
    const codes = tests.map((test) => this.test(test, slot, false));
    return (slots, run) => {
      slots[slot] = of(slots, run);
      return anyOf(codes, slots, run);
    };
  }

  /** A positive unary test of the value in `slot` (DMN 1.5 §7.3.? rule 7 and Table 55): true, false or null. */
  test(node: Node, slot: number, inCell: boolean): Code {
    if (node.kind === 'equals') {
      const operand = this.compile(node.operand);
      const { negated } = node;
      return (slots, run) => {
        const result = equalValues(slots[slot]!, operand(slots, run), run);
        return result === null ? null : result !== negated;
      };
    }
    const place = { from: node.from, to: node.to };
    if (node.kind === 'range') {
      const code = this.compile(node);
      const general: Code = (slots, run) => {
        const range = code(slots, run);
        return range instanceof FeelRange ? inRange(range, slots[slot]!, run, place) : null;
      };
      const holds = literalRange(node);
      if (holds === null) return general;
      return (slots, run) => {
        const value = slots[slot];
        return typeof value === 'number' ? holds(value) : general(slots, run);
      };
    }
    if (node.kind === 'literal' && typeof node.value === 'string') {
      const wanted = node.value;
      return (slots, run) => {
        const value = slots[slot]!;
        return typeof value === 'string' ? value === wanted : isAmong(value, wanted, run, place);
      };
    }
    const code = this.compile(node);
    const asksInput = inCell && mentionsInput(node);
    // A condition on something else than the input; a plain `true` is compared with it.
    const asksElse = inCell && CONDITIONS.has(node.kind);
    return (slots, run) => {
      const result = code(slots, run);
      if (asksInput && typeof result === 'boolean') return result;
      const value = slots[slot]!;
      if (asksElse && result === true && typeof value !== 'boolean') return true;
      return isAmong(value, result, run, place);
    };
  }

  #junction({ kind, left, right }: Extract<Node, { kind: 'and' | 'or' }>): Code {
    const a = this.compile(left);
    const b = this.compile(right);
    // The operand that settles it: true for or, false for and (three-valued logic, Table 48).
    const decisive = kind === 'or';
    return (slots, run) => {
      const x = a(slots, run);
      if (x === decisive) return decisive;
      const y = b(slots, run);
      if (y === decisive) return decisive;
      return typeof x === 'boolean' && typeof y === 'boolean' ? !decisive : null;
    };
  }

  #sources(sources: readonly Source[]): {
    readonly slot: number;
    readonly open: (slots: FeelValue[], run: FeelRun) => readonly FeelValue[] | Steps | null;
  }[] {
    let product = 1;
    return sources.map(({ name, list, end: last }) => {
      const place = { from: list.from, to: list.to };
      product *= literalSpan(list, last);
      if (product > LITERAL_STEPS) {
        refuse(
          this.#target.text,
          list.from,
          `The ranges make ${product} steps, more than ${LITERAL_STEPS}`,
          'Narrow the ranges.',
        );
      }
      let open;
      const code = this.compile(list);
      if (last !== null) {
        const end = this.compile(last);
        open = (slots: FeelValue[], run: FeelRun) => stepsOf(code(slots, run), end(slots, run), CLOSED, run, place);
      } else {
        open = (slots: FeelValue[], run: FeelRun) => iterationOf(code(slots, run), run, place);
      }
      const slot = this.#scope.newSlot();
      this.#scope.bind(name, slot);
      return { slot, open };
    });
  }

  #for({ sources, body }: Extract<Node, { kind: 'for' }>): Code {
    const mark = this.#scope.mark();
    const opened = this.#sources(sources);
    const partial = this.#scope.newSlot();
    this.#scope.bind('partial', partial);
    const { code, cost } = this.#measured(() => this.compile(body));
    this.#scope.release(mark);
    const seesPartial = this.#scope.used.has(partial);
    return (slots, run) => {
      const results: FeelValue[] = [];
      const ended = eachOf(opened, 0, slots, run, () => {
        run.spend(cost);
        if (seesPartial) {
          // A copy: a list that holds itself would have no end.
          run.spend(results.length / 16);
          slots[partial] = results.slice();
        }
        results.push(code(slots, run));
        return false;
      });
      return ended === null ? null : results;
    };
  }

  #quantified({ kind, sources, body }: Extract<Node, { kind: 'some' | 'every' }>): Code {
    const mark = this.#scope.mark();
    const opened = this.#sources(sources);
    const { code, cost } = this.#measured(() => this.compile(body));
    this.#scope.release(mark);
    const decisive = kind === 'some';
    return (slots, run) => {
      let unknown = false;
      let decided = false;
      const ended = eachOf(opened, 0, slots, run, () => {
        run.spend(cost);
        const outcome = code(slots, run);
        if (outcome === null) unknown = true;
        else if (typeof outcome !== 'boolean') return true;
        decided = outcome === decisive;
        return decided;
      });
      if (ended === null) return null;
      if (ended && !decided) return run.warn('Expected a condition that is true or false', body);
      if (ended) return decisive;
      return unknown ? null : !decisive;
    };
  }

  #function({ parameters, body }: Extract<Node, { kind: 'function' }>): Code {
    const mark = this.#scope.mark();
    const slotsOf = parameters.map(({ name }) => {
      const slot = this.#scope.newSlot();
      this.#scope.bind(name, slot);
      return slot;
    });
    const { code, cost } = this.#measured(() => this.compile(body));
    this.#scope.release(mark);
    return (slots, { scope }) => {
      const captured = slots.slice();
      const fn: FeelFunction = new CapturingFunction(captured, {
        name: 'function',
        parameters,
        result: ANY,
        call: (args, run) => {
          run.spend(cost + captured.length);
          const own = captured.slice();
          for (const [index, slot] of slotsOf.entries()) own[slot] = args[index] ?? null;
          return run.within(scope, () => code(own, run));
        },
      });
      return fn;
    };
  }

  #context({ entries }: Extract<Node, { kind: 'context' }>): Code {
    const mark = this.#scope.mark();
    const duplicate = entries.some(({ key }, index) => entries.findIndex((other) => other.key === key) !== index);
    const compiled = entries.map(({ key, value }) => {
      const slot = this.#scope.newSlot();
      // A function may call itself by its entry's name.
      if (value.kind === 'function') this.#scope.bind(key, slot);
      const code = this.compile(value);
      if (value.kind !== 'function') this.#scope.bind(key, slot);
      return { key, slot, code };
    });
    this.#scope.release(mark);
    const from = entries[0]?.value.from ?? 0;
    return (slots, run) => {
      run.spend(entries.length);
      if (duplicate) return run.fail('The names of entries in a context must differ.', { from, to: from });
      const context = newContext();
      for (const { key, slot, code } of compiled) {
        const value = code(slots, run);
        slots[slot] = value;
        if (value instanceof CapturingFunction) value.captured[slot] ??= value;
        context[key] = value;
      }
      return context;
    };
  }

  #range({ start, end, startIncluded, endIncluded, from, to }: Extract<Node, { kind: 'range' }>): Code {
    const low = start === null ? null : this.compile(start);
    const high = end === null ? null : this.compile(end);
    const place = { from, to };
    return (slots, run) => {
      const bounds = { start: low?.(slots, run), end: high?.(slots, run) };
      if (low !== null && high !== null) {
        const { start: a, end: b } = bounds;
        if (a === null && b === null) return null;
        if (a !== null && b !== null && compareValues(a!, b!) === null) return refuseOrder(a!, b!, run, place);
      }
      return new FeelRange({ ...bounds, startIncluded, endIncluded });
    };
  }
}

/** A function of an expression; `captured` are the locals it saw when it was made. */
class CapturingFunction extends FeelFunction {
  readonly captured: FeelValue[];
  constructor(captured: FeelValue[], options: ConstructorParameters<typeof FeelFunction>[0]) {
    super(options);
    this.captured = captured;
  }
}

const CONDITIONS: ReadonlySet<Node['kind']> = new Set([
  'comparison',
  'between',
  'in',
  'and',
  'or',
  'instanceOf',
  'some',
  'every',
  'call',
]);

const ORDER: Readonly<Record<Exclude<ComparisonOp, '=' | '!='>, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function refuseOrder(a: FeelValue, b: FeelValue, run: FeelRun, place: Place): null {
  return run.fail(
    `Expected numbers, texts or dates of one kind to compare, got ${kindName(a)} and ${kindName(b)}.`,
    place,
  );
}

function operandMessage(op: string, a: FeelValue, b: FeelValue): string {
  const shown = (value: FeelValue): string =>
    value === null || (typeof value !== 'object' && String(value).length < 40) ? String(value) : kindName(value);
  const words: Readonly<Record<string, readonly [string, string, boolean]>> = {
    '+': ['add', 'to', true],
    '-': ['subtract', 'from', true],
    '*': ['multiply', 'by', false],
    '/': ['divide', 'by', false],
    '**': ['raise', 'to', false],
  };
  const [verb, link, turned] = words[op]!;
  return turned
    ? `Can't ${verb} '${shown(b)}' ${link} '${shown(a)}'`
    : `Can't ${verb} '${shown(a)}' ${link} '${shown(b)}'`;
}

function memberIn(value: FeelValue, name: string): FeelValue | undefined {
  return isList(value) ? undefined : memberOf(value, name);
}

/** A range of literal numbers as a plain comparison; null for any other. */
function literalRange(node: Extract<Node, { kind: 'range' }>): ((value: number) => boolean) | null {
  const low = node.start === null ? -Infinity : literalIndex(node.start);
  const high = node.end === null ? Infinity : literalIndex(node.end);
  if (low === null || high === null) return null;
  const { startIncluded, endIncluded } = node;
  return (value) => (startIncluded ? value >= low : value > low) && (endIncluded ? value <= high : value < high);
}

function literalIndex(node: Node): number | null {
  if (node.kind === 'literal' && typeof node.value === 'number') return node.value;
  if (node.kind === 'negation' && node.operand.kind === 'literal' && typeof node.operand.value === 'number') {
    return -node.operand.value;
  }
  return null;
}

/** `list[1]`, `list[-1]`; a single value is a list of one. */
function elementAt(source: FeelValue, index: number, run: FeelRun, place: Place): FeelValue {
  const list = isList(source) ? source : source === null ? [] : [source];
  const at = index > 0 ? index - 1 : list.length + index;
  const found = index === 0 ? undefined : list[at];
  if (found !== undefined) return found;
  return source === null ? null : run.warn(`Index ${index} is out of a list of ${list.length}`, place);
}

const CLOSED = { startIncluded: true, endIncluded: true };

function literalSpan(list: Node, end: Node | null): number {
  const [from, to] = list.kind === 'range' ? [list.start, list.end] : [list, end];
  if (from === null || to === null) return 1;
  const low = literalIndex(from);
  const high = literalIndex(to);
  return low === null || high === null ? 1 : Math.abs(high - low) + 1;
}

/** Calls `each` for every combination; true when it stopped one, null when a source cannot be iterated. */
function eachOf(
  sources: readonly {
    readonly slot: number;
    readonly open: (slots: FeelValue[], run: FeelRun) => readonly FeelValue[] | Steps | null;
  }[],
  at: number,
  slots: FeelValue[],
  run: FeelRun,
  each: () => boolean,
): boolean | null {
  const source = sources[at];
  if (source === undefined) return each();
  const items = source.open(slots, run);
  if (items === null) return null;
  const steps = Array.isArray(items) ? null : (items as Steps);
  const count = steps === null ? (items as readonly FeelValue[]).length : steps.count;
  for (let index = 0; index < count; index += 1) {
    run.spend(1);
    slots[source.slot] = steps === null ? (items as readonly FeelValue[])[index]! : stepAt(steps, index);
    const stopped = eachOf(sources, at + 1, slots, run, each);
    if (stopped !== false) return stopped;
  }
  return false;
}

export function anyOf(tests: readonly Code[], slots: FeelValue[], run: FeelRun): boolean | null {
  let unknown = false;
  for (const test of tests) {
    const result = test(slots, run);
    if (result === true) return true;
    if (result === null) unknown = true;
  }
  return unknown ? null : false;
}

function inRange(range: FeelRange, value: FeelValue, run: FeelRun, place: Place): boolean | null {
  const result = includes(range, value);
  if (result !== null || value === null || range.start === null || range.end === null) return result;
  const bound = range.start ?? range.end ?? null;
  return refuseOrder(value, bound, run, place);
}

/** `value in result`: equal to it, inside it, or among its elements. */
function isAmong(value: FeelValue, result: FeelValue, run: FeelRun, place: Place): boolean | null {
  if (result instanceof FeelRange && !(value instanceof FeelRange)) return inRange(result, value, run, place);
  if (isList(result)) {
    if (isList(value) && equalValues(value, result, run) === true) return true;
    run.spend(result.length);
    return result.some((item) =>
      item instanceof FeelRange && !(value instanceof FeelRange)
        ? includes(item, value) === true
        : equalValues(value, item, run) === true,
    );
  }
  return equalValues(value, result, run);
}

function mentionsInput(node: Node): boolean {
  if (node.kind === 'name') return node.name === '?';
  return Object.values(node).some((child: unknown) => containsInput(child));
}

function containsInput(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsInput);
  if (typeof value !== 'object' || value === null) return false;
  if ('kind' in value && 'from' in value) return mentionsInput(value as Node);
  return 'value' in value && 'name' in value
    ? containsInput(value.value)
    : 'list' in value
      ? containsInput(value.list) || ('end' in value && containsInput(value.end))
      : 'key' in value && 'value' in value
        ? containsInput(value.value)
        : false;
}
