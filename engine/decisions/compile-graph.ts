import type { DmnElement } from 'dmn-moddle';
import type { NameShape } from '../expressions/compile.ts';
import { ANY, type FeelType } from '../expressions/values/feel-type.ts';
import { type AddProblem, type BoxedScope } from './boxed-scope.ts';
import { compileBoxed, compileFunction } from './compile-boxed.ts';
import type { DecisionModel, GraphElement, KnowledgeModel, Requirement, ServiceModel } from './decision-model.ts';
import { childOf, listOf, textOf } from './dmn-element.ts';
import { ItemTypes } from './item-types.ts';
import { shapeOfType } from './type-shape.ts';

/** One parsed file. */
export interface DmnFile {
  readonly definitions: DmnElement;
  readonly add: AddProblem;
}

const REQUIREMENTS = [
  ['informationRequirement', 'requiredInput'],
  ['informationRequirement', 'requiredDecision'],
  ['knowledgeRequirement', 'requiredKnowledge'],
] as const;

export function namespaceOf(definitions: DmnElement): string {
  return textOf(definitions, 'namespace');
}

/**
 * Compiles every element of the files into one requirements graph (DMN 1.5 §6). Elements with problems, which are reported,
 * are left out. Import names (§6.3.2) make another file's elements visible as `name.element`.
 */
export function compileGraph(files: readonly DmnFile[]): ReadonlyMap<string, GraphElement> {
  const graph = new Map<string, GraphElement>();
  const elements = new Map<string, DmnElement>();
  for (const { definitions } of files) {
    for (const element of listOf(definitions, 'drgElement')) {
      elements.set(`${namespaceOf(definitions)}#${element.id ?? element.name ?? ''}`, element);
    }
  }
  const types = new Map(files.map(({ definitions }) => [namespaceOf(definitions), new ItemTypes(definitions)]));
  const compilers = files.map((file) => new FileCompiler(file, { files, elements, graph, types }));
  for (const [index, file] of files.entries()) {
    const compiler = compilers[index]!;
    for (const element of listOf(file.definitions, 'drgElement')) {
      const compiled = compiler.compile(element);
      if (compiled !== undefined) graph.set(compiled.key, Object.freeze(compiled));
    }
  }
  return graph;
}

/** What the files of one graph share. */
interface SharedParts {
  readonly files: readonly DmnFile[];
  readonly elements: ReadonlyMap<string, DmnElement>;
  readonly graph: ReadonlyMap<string, GraphElement>;
  /** Item definitions of each file, by its namespace. */
  readonly types: ReadonlyMap<string, ItemTypes>;
}

class FileCompiler {
  readonly #file: DmnFile;
  readonly #namespace: string;
  readonly #shared: SharedParts;
  /** Import names by namespace. */
  readonly #imports = new Map<string, string>();
  readonly #types: ItemTypes;
  readonly #members: readonly string[];

  constructor(file: DmnFile, shared: SharedParts) {
    this.#file = file;
    this.#shared = shared;
    this.#namespace = namespaceOf(file.definitions);
    this.#types = shared.types.get(this.#namespace)!;
    const { files } = shared;
    const members = new Set<string>();
    collectNames(file.definitions, members);
    for (const one of listOf(file.definitions, 'import')) {
      const namespace = textOf(one, 'namespace');
      const importType = textOf(one, 'importType');
      if (/pmml|xmlschema|xsd|java/i.test(importType)) {
        const what = `The import «${one.name ?? ''}» <${namespace}> of <${importType}> is not executed.`;
        file.add(one, 'unsupported-element', what, 'Write it in DMN and FEEL.');
        continue;
      }
      const imported = files.find(({ definitions }) => namespaceOf(definitions) === namespace);
      if (imported === undefined) {
        file.add(
          one,
          'missing-import',
          `The imported model <${namespace}>, «${one.name ?? ''}», is not there.`,
          'Deploy it before, or in the same package.',
        );
        continue;
      }
      this.#imports.set(namespace, one.name ?? '');
      // An import without a name makes its elements visible as if they were of this file (§6.3.2).
      this.#types.addImport(one.name ?? '', shared.types.get(namespace)!);
      collectNames(imported.definitions, members);
      for (const element of listOf(imported.definitions, 'drgElement')) members.add(nameOf(element));
    }
    for (const name of this.#types.componentNames()) members.add(name);
    this.#members = [...members].filter((name) => name !== '');
  }

  compile(element: DmnElement): GraphElement | undefined {
    const key = `${this.#namespace}#${element.id ?? element.name ?? ''}`;
    switch (element.$type) {
      case 'dmn:Decision':
        return this.#decision(element, key);
      case 'dmn:InputData':
        return {
          kind: 'input',
          key,
          name: nameOf(element),
          importNames: this.#importNames(),
          type: this.#typeOf(element),
        };
      case 'dmn:BusinessKnowledgeModel':
        return this.#knowledge(element, key);
      case 'dmn:DecisionService':
        return this.#service(element, key);
      default:
        return undefined;
    }
  }

  #importNames(): readonly string[] {
    const imports = this.#shared.files.flatMap(({ definitions }) => listOf(definitions, 'import'));
    const names = imports.filter((one) => textOf(one, 'namespace') === this.#namespace).map(({ name }) => name ?? '');
    return [...new Set(names)].filter((name) => name !== '');
  }

  #decision(element: DmnElement, key: string): DecisionModel | undefined {
    const logic = childOf(element, 'decisionLogic');
    const { requirements, names } = this.#requirements(element);
    if (logic === undefined) {
      this.#file.add(
        element,
        'no-logic',
        `The decision <${element.id}> has no logic.`,
        'Draw a decision table or an expression.',
      );
      return undefined;
    }
    const compiled = compileBoxed(logic, this.#scope(element, names));
    if (compiled === undefined) return undefined;
    const { definitions } = this.#file;
    return {
      kind: 'decision',
      key,
      decisionId: element.id ?? '',
      name: element.name ?? element.id ?? '',
      versionTag: versionTagOf(element),
      requirementsId: definitions.id ?? '',
      requirementsName: definitions.name ?? '',
      resultNames: resultNamesOf(element),
      requirements,
      resultType: this.#typeOf(element),
      logic: deepFreeze(compiled),
      graph: this.#shared.graph,
    };
  }

  #knowledge(element: DmnElement, key: string): KnowledgeModel | undefined {
    const logic = childOf(element, 'encapsulatedLogic');
    const { requirements, names } = this.#requirements(element);
    const name = nameOf(element);
    if (logic === undefined) {
      this.#file.add(element, 'no-logic', `The knowledge model <${element.id}> has no logic.`, 'Write a function.');
      return undefined;
    }
    const compiled = compileFunction(logic, this.#scope(element, { ...names, [name]: null }));
    if (compiled === undefined) return undefined;
    return {
      kind: 'knowledge',
      key,
      name,
      resultType: this.#resultTypeOf(element),
      requirements,
      logic: deepFreeze(compiled),
    };
  }

  #service(element: DmnElement, key: string): ServiceModel {
    const parameters = ['inputData', 'inputDecision'].flatMap((part) =>
      this.#references(element, part).map((reference) => {
        const required = this.#shared.elements.get(reference);
        return {
          key: reference,
          name: required === undefined ? reference : nameOf(required),
          type:
            required === undefined
              ? ANY
              : this.#typesOf(reference).of(textOf(childOf(required, 'variable'), 'typeRef')),
        };
      }),
    );
    return {
      kind: 'service',
      key,
      name: nameOf(element),
      resultType: this.#resultTypeOf(element),
      outputs: this.#references(element, 'outputDecision'),
      parameters,
    };
  }

  #references(element: DmnElement, part: string): readonly string[] {
    return listOf(element, part).map((reference) => this.#keyOf(textOf(reference, 'href')));
  }

  #keyOf(href: string): string {
    const at = href.indexOf('#');
    return at <= 0 ? `${this.#namespace}#${href.slice(at + 1)}` : href;
  }

  /** Item definitions of the file that an element stands in. */
  #typesOf(key: string): ItemTypes {
    return this.#shared.types.get(key.slice(0, key.lastIndexOf('#'))) ?? this.#types;
  }

  #scope(owner: DmnElement, names: NameShape): BoxedScope {
    return { owner, names, members: this.#members, types: this.#types, add: this.#file.add };
  }

  #typeOf(element: DmnElement): FeelType {
    const typeRef = textOf(childOf(element, 'variable'), 'typeRef');
    return typeRef === '' ? ANY : this.#types.of(typeRef);
  }

  /** A knowledge model's or service's variable is typed as the function or, in older files, as its result. */
  #resultTypeOf(element: DmnElement): FeelType {
    const type = this.#typeOf(element);
    return type.kind === 'function' ? type.result : type;
  }

  /** What the element requires, and the names the grammar must know. */
  #requirements(element: DmnElement): { readonly requirements: readonly Requirement[]; readonly names: NameShape } {
    const requirements: Requirement[] = [];
    const names: Record<string, NameShape | null> = {};
    for (const [list, part] of REQUIREMENTS) {
      for (const requirement of listOf(element, list)) {
        const href = textOf(childOf(requirement, part), 'href');
        if (href === '') continue;
        const key = this.#keyOf(href);
        const required = this.#shared.elements.get(key);
        if (required === undefined) {
          this.#file.add(
            element,
            'unknown-requirement',
            `The required element <${href}> is not in the file.`,
            'Draw it or remove the arrow.',
          );
          continue;
        }
        const within = this.#imports.get(key.slice(0, key.lastIndexOf('#'))) || null;
        const own = part === 'requiredDecision' ? resultNamesOf(required) : [nameOf(required)];
        requirements.push({ names: own, key, within });
        const shape = shapeOfType(textOf(childOf(required, 'variable'), 'typeRef'), this.#typesOf(key));
        if (within === null) for (const name of own) names[name] = shape;
        else names[within] = { ...names[within], [own[0]!]: shape };
      }
    }
    return { requirements, names };
  }
}

/** Names of entries, columns and outputs anywhere in a file: they may stand after a dot. */
function collectNames(element: DmnElement, names: Set<string>): void {
  for (const part of ['drgElement', 'contextEntry', 'elements', 'binding', 'row'] as const) {
    for (const one of asList(element.get(part))) collectNames(one, names);
  }
  for (const part of [
    'decisionLogic',
    'encapsulatedLogic',
    'body',
    'value',
    'bindingFormula',
    'in',
    'return',
  ] as const) {
    for (const one of asList(element.get(part))) collectNames(one, names);
  }
  if (element.$type === 'dmn:ContextEntry') names.add(childOf(element, 'variable')?.name ?? '');
  for (const part of ['column', 'output'] as const)
    for (const one of asList(element.get(part))) names.add(one.name ?? '');
}

function asList(value: unknown): readonly DmnElement[] {
  if (Array.isArray(value)) return value as readonly DmnElement[];
  return typeof value === 'object' && value !== null ? [value as DmnElement] : [];
}

/** `zeebe:versionTag`, which Camunda Modeler writes; dmn-moddle leaves foreign elements as they stand. */
function versionTagOf(element: DmnElement): string | null {
  const values = listOf(childOf(element, 'extensionElements') ?? element, 'values') as readonly object[];
  const tag = values.find((one) => /:versionTag$/i.test(String((one as { $type?: unknown }).$type)));
  const value: unknown = (tag as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

function resultNamesOf(decision: DmnElement): readonly string[] {
  return [...new Set([nameOf(decision), decision.id ?? ''])];
}

function nameOf(element: DmnElement): string {
  return childOf(element, 'variable')?.name ?? element.name ?? element.id ?? '';
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !(value instanceof Map)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
