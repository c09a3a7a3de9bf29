/** An element as bpmn-moddle reads it: its own properties are those of the BPMN metamodel, so they are read by name. */
export interface ModdleElement {
  /** Prefixed type, e.g. `bpmn:UserTask`. */
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  /** Attributes that no known namespace declares. */
  readonly $attrs?: Readonly<Record<string, string>>;
  /** The type as the metamodel describes it; an element of no known namespace has no properties there. */
  readonly $descriptor?: {
    readonly properties?: readonly {
      readonly name: string;
      readonly definedBy: { readonly name: string };
      readonly default?: unknown;
    }[];
    readonly propertiesByName?: Readonly<Record<string, { readonly name: string; readonly isMany?: boolean }>>;
  };
  /** Of moddle: only a reader that completes what moddle read may call them. */
  get?(property: string): unknown;
  set?(property: string, value: unknown): void;
}

function property(element: ModdleElement, name: string): unknown {
  return (element as unknown as Readonly<Record<string, unknown>>)[name];
}

export function textOf(element: ModdleElement | undefined, name: string): string | undefined {
  const value = element === undefined ? undefined : property(element, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** As written, with nothing between the quotes too. */
export function attributeOf(element: ModdleElement, name: string): string | undefined {
  const value = property(element, name);
  return typeof value === 'string' ? value : undefined;
}

export function flagOf(element: ModdleElement, name: string): boolean | undefined {
  const value = property(element, name);
  return typeof value === 'boolean' ? value : undefined;
}

export function numberOf(element: ModdleElement, name: string): number | undefined {
  const value = property(element, name);
  return typeof value === 'number' ? value : undefined;
}

export function elementOf(element: ModdleElement | undefined, name: string): ModdleElement | undefined {
  const value = element === undefined ? undefined : property(element, name);
  return isElement(value) ? value : undefined;
}

export function elementsOf(element: ModdleElement | undefined, name: string): readonly ModdleElement[] {
  const value = element === undefined ? undefined : property(element, name);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/**
 * The text of a FormalExpression such as a condition. There is one rule language, so one without "=" is FEEL as well; that
 * of another `language` is refused where every property is looked at.
 */
export function bodyOf(element: ModdleElement | undefined): string | undefined {
  const text = textOf(element, 'body');
  return text === undefined || text.startsWith('=') ? text : `=${text}`;
}

/** Whether an expression says that it is FEEL. */
export function isFeel(element: ModdleElement | undefined): boolean {
  return /feel/i.test(textOf(element, 'language') ?? '');
}

export function extensionsOf(element: ModdleElement): readonly ModdleElement[] {
  return elementsOf(elementOf(element, 'extensionElements'), 'values');
}

export function extensionOf(element: ModdleElement, type: string): ModdleElement | undefined {
  return extensionsOf(element).find((extension) => extension.$type === type);
}

/** A property of the metamodel that the file sets to something other than its default. */
export interface SetProperty {
  readonly name: string;
  /** The type that declares it, e.g. `bpmn:Activity`. */
  readonly type: string;
  readonly value: unknown;
}

export function propertiesOf(element: ModdleElement): readonly SetProperty[] {
  const set: SetProperty[] = [];
  for (const { name, definedBy, default: idle } of element.$descriptor?.properties ?? []) {
    const value = Object.hasOwn(element, name) ? property(element, name) : undefined;
    if (value !== undefined && value !== idle) set.push({ name, type: definedBy.name, value });
  }
  return set;
}

/** `bpmn:ServiceTask` → `serviceTask`. */
export function localType(element: ModdleElement): string {
  const name = element.$type.replace(/^bpmn:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && typeof (value as { $type?: unknown }).$type === 'string';
}
