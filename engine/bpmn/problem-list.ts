import { compileExpression, type Expression } from '../expressions/expression.ts';
import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import type { Assumption, AssumptionKind } from '../model/assumption.ts';
import type { BpmnProblem } from './invalid-bpmn.ts';
import { juelIn, juelToFeel } from './juel.ts';
import { localType, type ModdleElement } from './moddle-element.ts';

/** Gathers everything wrong with a file, so that an analyst sees all of it at once. */
export class ProblemList {
  readonly problems: BpmnProblem[] = [];
  /** What the file leaves open; no problem, and lint shows it. */
  readonly assumptions: Assumption[] = [];
  readonly #xml: string;

  constructor(xml: string) {
    this.#xml = xml;
  }

  /** `line` only where no element carries it: text that does not parse. */
  add(
    element: ModdleElement | undefined,
    problem: { code: string; message: string; remedy: string; line?: number },
  ): void {
    this.problems.push({
      code: problem.code,
      elementId: element?.id ?? null,
      elementName: element?.name ?? null,
      line: problem.line ?? (element?.id === undefined ? null : this.#lineOf(element.id)),
      message: problem.message,
      remedy: problem.remedy,
    });
  }

  /** Where no element has been read yet. */
  addAt(
    place: Pick<BpmnProblem, 'elementId' | 'elementName' | 'line'>,
    problem: Pick<BpmnProblem, 'code' | 'message' | 'remedy'>,
  ): void {
    this.problems.push({ ...place, ...problem });
  }

  /** What the engine does not execute is refused by name; it is never passed through. */
  unsupported(element: ModdleElement, what: string, remedy = 'Remove it or model the step in another way.'): void {
    this.add(element, {
      code: 'unsupported-element',
      message: `${what} at ${titleOf(element)} is not executed by this engine.`,
      remedy,
    });
  }

  assume(element: ModdleElement | undefined, kind: AssumptionKind, value: string): void {
    const at = element?.id === undefined ? null : { id: element.id, name: element.name ?? '' };
    const isSaid = this.assumptions.some(
      (said) => said.kind === kind && said.at?.id === at?.id && said.value === value,
    );
    if (!isSaid) this.assumptions.push({ kind, at, value });
  }

  missing(element: ModdleElement, what: string, remedy: string): void {
    this.add(element, { code: 'missing-property', message: `${titleOf(element)} has no ${what}.`, remedy });
  }

  /** Compiles an expression of the model; a syntax error becomes a problem at the element. */
  expression(element: ModdleElement, what: string, text: string): Expression {
    const juel = juelIn(text);
    if (juel !== undefined) {
      this.add(element, {
        code: 'invalid-expression',
        message: `The ${what} of ${titleOf(element)}, "${juel}", is written in JUEL, which this engine does not execute.`,
        remedy: `Write it in FEEL: "=${juelToFeel(juel)}".`,
      });
      return compileExpression('');
    }
    try {
      return compileExpression(text);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      this.add(element, {
        code: 'invalid-expression',
        message: `The ${what} of ${titleOf(element)}, "${text}", does not parse: ${error.message}`,
        remedy: 'Mend the FEEL expression at the place named.',
      });
      return compileExpression('');
    }
  }

  optionalExpression(element: ModdleElement, what: string, text: string | undefined): Expression | undefined {
    return text === undefined ? undefined : this.expression(element, what, text);
  }

  /** `text` as `bodyOf` gives it. */
  condition(element: ModdleElement, what: string, text: string | undefined): Expression {
    if (text !== undefined) return this.expression(element, what, text);
    this.add(element, {
      code: 'invalid-expression',
      message: `The ${what} of ${titleOf(element)} says nothing.`,
      remedy: 'Write it in FEEL, as in "=amount > 100".',
    });
    return compileExpression('');
  }

  illegalNumber(element: ModdleElement, what: string, remedy: string): void {
    this.add(element, { code: 'illegal-number', message: `${what} of ${titleOf(element)} is not possible.`, remedy });
  }

  /** A name that the model writes to; `__proto__` would reach the prototype of every context made from it. */
  variableName(element: ModdleElement, what: string, name: string): string {
    if (!/^(?!__proto__$)[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      this.add(element, {
        code: 'invalid-name',
        message: `The ${what} of ${titleOf(element)}, "${name}", is not a variable name.`,
        remedy: 'Use letters, digits and _, beginning with a letter or _.',
      });
    }
    return name;
  }

  /** The first value of an attribute from an element on, as written: the parser reads the number "2.5" as 2. */
  asWritten(element: ModdleElement, attribute: string): string | undefined {
    const at = this.#placeOf(element.id ?? '');
    return new RegExp(`\\s${attribute}\\s*=\\s*["']([^"']*)["']`).exec(this.#xml.slice(Math.max(0, at)))?.[1];
  }

  #lineOf(id: string): number | null {
    const at = this.#placeOf(id);
    return at < 0 ? null : this.#xml.slice(0, at).split('\n').length;
  }

  #placeOf(id: string): number {
    // An id that is refused may hold anything, so every character with a meaning in a pattern is escaped.
    const literal = id.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    return this.#xml.search(new RegExp(`\\bid\\s*=\\s*["']${literal}["']`));
  }
}

export function titleOf(element: ModdleElement): string {
  const name = element.name === undefined || element.name === '' ? '' : ` "${element.name}"`;
  return `${localType(element)}${name}${element.id === undefined ? '' : ` (${element.id})`}`;
}
