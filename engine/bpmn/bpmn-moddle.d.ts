declare module 'bpmn-moddle' {
  export interface BpmnWarning {
    readonly message: string;
    /** Where an attribute or reference is wrong; empty where the text does not parse. */
    readonly element?: import('./moddle-element.ts').ModdleElement;
    /** Of a reference that leads nowhere: its name, and what it says. */
    readonly property?: string;
    readonly value?: string;
  }
  /** A part of the metamodel, as its descriptor says it. */
  export interface MetamodelPackage {
    readonly types: readonly {
      readonly name: string;
      readonly properties?: readonly { readonly name: string }[] | undefined;
    }[];
  }
  /** A type with everything that it inherits. */
  export interface MetamodelType {
    readonly properties: readonly {
      readonly name: string;
      readonly type: string;
      readonly isAttr?: boolean;
      readonly isBody?: boolean;
      readonly isMany?: boolean;
      readonly isReference?: boolean;
    }[];
    readonly allTypesByName: Readonly<Record<string, unknown>>;
  }
  /** Only what we use; the package exposes no types at its root. */
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
    getPackage(prefix: string): MetamodelPackage;
    readonly registry: {
      readonly typeMap: Readonly<Record<string, unknown>>;
      getEffectiveDescriptor(name: string): MetamodelType;
    };
    fromXML(xml: string): Promise<{
      readonly rootElement: import('./moddle-element.ts').ModdleElement;
      readonly elementsById: Readonly<Record<string, import('./moddle-element.ts').ModdleElement>>;
      readonly warnings: readonly BpmnWarning[];
    }>;
  }
}
declare module 'zeebe-bpmn-moddle/resources/zeebe.json' {
  const descriptor: Readonly<Record<string, unknown>>;
  export default descriptor;
}
