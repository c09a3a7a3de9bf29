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
  /** Only what we use; the package exposes no types at its root. */
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
    getPackage(prefix: string): MetamodelPackage;
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
