/** A place outside of a form that counts on one of its fields by name. */
export interface VariableUse {
  readonly kind: 'process' | 'decision' | 'form' | 'template';
  /** Process id, decision id, form key, template id. */
  readonly id: string;
  readonly name: string;
  /** The element, flow or field where it stands; '' where the whole thing reads it. */
  readonly elementId: string;
  readonly elementName: string;
  readonly variable: string;
  /** The expression as written. */
  readonly text: string;
}
