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

/**
 * Item definitions (DMN 1.5 §7.3.2) of one file as FEEL types. Those of an import are reached as `import.name`, and read
 * with the names of their own file; an import without a name adds its definitions to ours (§6.3.2).
 */
export class ItemTypes {
  readonly #definitions = new Map<string, DmnElement>();
  readonly #types = new Map<string, FeelType>();
  readonly #imports: { readonly prefix: string; readonly types: ItemTypes }[] = [];

  constructor(definitions: DmnElement) {
    for (const item of listOf(definitions, 'itemDefinition')) this.#definitions.set(item.name ?? '', item);
  }

  addImport(name: string, types: ItemTypes): void {
    this.#imports.push({ prefix: name === '' ? '' : `${name}.`, types });
  }

  /** All of them, for `instance of`. */
  all(): ReadonlyMap<string, FeelType> {
    const found = new Map<string, FeelType>();
    for (const { prefix, types } of this.#imports) {
      for (const name of types.#definitions.keys()) found.set(prefix + name, types.of(name));
    }
    for (const name of this.#definitions.keys()) found.set(name, this.of(name));
    return found;
  }

  /** A definition, with the types that its own references name; undefined for built-in and unknown types. */
  find(typeRef: string): { readonly item: DmnElement; readonly types: ItemTypes } | undefined {
    const item = this.#definitions.get(typeRef);
    if (item !== undefined) return { item, types: this };
    for (const { prefix, types } of this.#imports) {
      // Only one step: what an import imports is not visible here under its name.
      const found = typeRef.startsWith(prefix) ? types.#definitions.get(typeRef.slice(prefix.length)) : undefined;
      if (found !== undefined) return { item: found, types };
    }
    return undefined;
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
    const seen = new Set<ItemTypes>();
    const visit = (types: ItemTypes): void => {
      if (seen.has(types)) return;
      seen.add(types);
      for (const item of types.#definitions.values()) collect(item);
      for (const one of types.#imports) visit(one.types);
    };
    visit(this);
    return [...names];
  }

  /** The type of a `typeRef`; `Any` for one that is absent or unknown. Recursive definitions end in `Any`. */
  of(typeRef: string): FeelType {
    const known = this.#types.get(typeRef);
    if (known !== undefined) return known;
    const found = this.find(typeRef);
    if (found === undefined) {
      const local = typeRef.slice(typeRef.indexOf(':') + 1);
      return builtinType(typeRef) ?? builtinType(local) ?? (local === typeRef ? ANY : this.of(local));
    }
    if (found.types !== this) return found.types.of(found.item.name ?? '');
    this.#types.set(typeRef, ANY);
    const type = this.#read(found.item);
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
    return constrain(whole, textOf(childOf(item, 'typeConstraint'), 'text'), 'whole');
  }
}

/**
 * `base` narrowed by unary tests; unchanged when there are none or they cannot be read. Allowed values of a collection may
 * also hold for each of its elements; a type constraint tests the `whole` value.
 */
function constrain(base: FeelType, text: string, what: 'elements' | 'whole' = 'elements'): FeelType {
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
      return passes(value) || (what === 'elements' && isList(value) && base.kind === 'list' && value.every(passes));
    },
  };
}
