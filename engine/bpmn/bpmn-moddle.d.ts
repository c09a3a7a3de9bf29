declare module 'bpmn-moddle' {
  /** Only what we use; the package exposes no types at its root. */
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<{
      readonly rootElement: import('./moddle-element.ts').ModdleElement;
      readonly warnings: readonly {
        readonly message: string;
        /** Where an attribute or reference is wrong; empty where the text does not parse. */
        readonly element?: import('./moddle-element.ts').ModdleElement;
      }[];
    }>;
  }
}
declare module 'zeebe-bpmn-moddle/resources/zeebe.json' {
  const descriptor: Readonly<Record<string, unknown>>;
  export default descriptor;
}
