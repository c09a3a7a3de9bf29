/** dmn-moddle 12.2.1 ships no types; this is what `read-dmn.ts` uses of it. */
declare module 'dmn-moddle' {
  export interface DmnElement {
    readonly $type: string;
    readonly id?: string;
    readonly name?: string;
    /** Properties of the DMN 1.3 metamodel; `undefined` when absent, lists may be absent too. */
    get(name: string): unknown;
  }

  export class DmnModdle {
    constructor();
    /** Rejects with an Error for text that is not XML or has another root; collects the rest as warnings. */
    fromXML(xml: string): Promise<{
      readonly rootElement: DmnElement;
      readonly warnings: readonly { readonly message: string }[];
    }>;
  }
}
