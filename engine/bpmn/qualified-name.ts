import { elementOf, textOf, type ModdleElement } from './moddle-element.ts';

/**
 * `tns:Paid` → `Paid` when the prefix stands for the namespace of this very file: references are qualified names
 * (BPMN 2.0.2 §15.3.2). Undefined for a name without a prefix or of another file.
 */
export function localNameOf(element: ModdleElement, qualifiedName: string): string | undefined {
  const [, prefix, name] = /^([^:]+):([^:]+)$/.exec(qualifiedName) ?? [];
  if (prefix === undefined || name === undefined) return undefined;
  let namespace: string | undefined;
  let root = element;
  for (let around: ModdleElement | undefined = element; around !== undefined; around = elementOf(around, '$parent')) {
    namespace ??= around.$attrs?.[`xmlns:${prefix}`];
    root = around;
  }
  return namespace !== undefined && namespace === textOf(root, 'targetNamespace') ? name : undefined;
}
