import type { DmnElement } from 'dmn-moddle';
import { FeelRun } from '../expressions/compiler/feel-run.ts';
import { compileUnaryTests, type EvaluationScope, type Expression } from '../expressions/expression.ts';
import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import { passesIn } from '../expressions/run.ts';
import { ANY, builtinType, type FeelType } from '../expressions/values/feel-type.ts';
import { isList } from '../expressions/values/feel-value.ts';
import { childOf, listOf, textOf } from './dmn-element.ts';

/** Allowed values depend on nothing but the value. */
const NO_SCOPE: EvaluationScope = {
  variables: { get: () => undefined, toContext: () => ({}) },
  now: 0,
  zone: 'UTC',
  calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
};

/** Item definitions (DMN 1.5 §7.3.2) as FEEL types, by name; imported ones by `import.name`. */
export class ItemTypes {
  readonly #definitions = new Map<string, DmnElement>();
  readonly #types = new Map<string, FeelType>();

  add(prefix: string, definitions: DmnElement): void {
    for (const item of listOf(definitions, 'itemDefinition')) this.#definitions.set(prefix + (item.name ?? ''), item);
  }

  /** All of them, for `instance of`. */
  all(): ReadonlyMap<string, FeelType> {
    for (const name of this.#definitions.keys()) this.of(name);
    return this.#types;
  }

  definition(name: string): DmnElement | undefined {
    return this.#definitions.get(name);
  }

  /** Names of components anywhere: what may stand after a dot. */
  componentNames(): readonly string[] {
    const names = new Set<string>();
    const collect = (item: DmnElement): void => {
      for (const component of listOf(item, 'itemComponent')) {
        names.add(component.name ?? '');
        collect(component);
      }
    };
    for (const item of this.#definitions.values()) collect(item);
    return [...names];
  }

  /** The type of a `typeRef`; `Any` for one that is absent or unknown. Recursive definitions end in `Any`. */
  of(typeRef: string): FeelType {
    const known = this.#types.get(typeRef);
    if (known !== undefined) return known;
    const item = this.#definitions.get(typeRef);
    if (item === undefined) {
      const local = typeRef.slice(typeRef.indexOf(':') + 1);
      return builtinType(typeRef) ?? builtinType(local) ?? (local === typeRef ? ANY : this.of(local));
    }
    this.#types.set(typeRef, ANY);
    const type = this.#read(item);
    this.#types.set(typeRef, type);
    return type;
  }

  #read(item: DmnElement): FeelType {
    const components = listOf(item, 'itemComponent');
    const functionItem = childOf(item, 'functionItem');
    const isCollection = item.get('isCollection') === true;
    let base: FeelType;
    if (functionItem !== undefined) {
      base = {
        kind: 'function',
        parameters: listOf(functionItem, 'parameters').map((parameter) => this.of(textOf(parameter, 'typeRef'))),
        result: this.of(textOf(functionItem, 'outputTypeRef')),
      };
    } else if (components.length > 0) {
      base = {
        kind: 'context',
        entries: new Map(components.map((component) => [component.name ?? '', this.#read(component)])),
      };
    } else base = this.of(textOf(item, 'typeRef'));
    // Allowed values of a collection are those of its elements; a type constraint (1.5) is of the whole.
    const element = constrain(base, textOf(childOf(item, 'allowedValues'), 'text'));
    const whole: FeelType = isCollection ? { kind: 'list', of: element } : element;
    return constrain(whole, textOf(childOf(item, 'typeConstraint'), 'text'));
  }
}

/** `base` narrowed by unary tests; unchanged when there are none or they cannot be read. */
export function constrain(base: FeelType, text: string): FeelType {
  if (text.trim() === '') return base;
  let tests: Expression;
  try {
    tests = compileUnaryTests(text);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return base;
    throw error;
  }
  return {
    kind: 'constrained',
    base,
    allowedText: text,
    allowed: (value) => {
      const passes = (one: typeof value): boolean => passesIn(tests, [one], new FeelRun(NO_SCOPE));
      return passes(value) || (isList(value) && base.kind === 'list' && value.every(passes));
    },
  };
}
