/** dmn-moddle 12.2.1 ships no types; this is what `dmn-metamodel.ts` uses of it. */
declare module 'dmn-moddle' {
  export interface DmnElement {
    readonly $type: string;
    readonly id?: string;
    readonly name?: string;
    /** Properties of the metamodel; `undefined` when absent, lists may be absent too. */
    get(name: string): unknown;
  }

  export interface DmnType {
    readonly name: string;
    readonly superClass?: readonly string[];
    readonly properties?: object[];
  }

  export interface DmnPackage {
    readonly prefix: string;
    readonly types: readonly DmnType[];
  }

  export class DmnModdle {
    constructor(packages?: Readonly<Record<string, DmnPackage>>);
    getPackages(): readonly DmnPackage[];
    /** Rejects with an Error for text that is not XML or has another root; collects the rest as warnings. */
    fromXML(xml: string): Promise<{
      readonly rootElement: DmnElement;
      readonly warnings: readonly { readonly message: string }[];
    }>;
  }
}
