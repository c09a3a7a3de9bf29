import type { BpmnWarning } from 'bpmn-moddle';
import type { ModdleElement } from './moddle-element.ts';
import { localNameOf } from './qualified-name.ts';

/**
 * moddle looks references up by the text as written; sets one that is written with the prefix of the file itself, or on a line
 * of its own.
 */
export function resolveReference(
  { element, property, value }: BpmnWarning,
  elementsById: Readonly<Record<string, ModdleElement>>,
): boolean {
  if (element === undefined || property === undefined || value === undefined) return false;
  const written = value.trim();
  const name = localNameOf(element, written) ?? (written === value ? undefined : written);
  const target = name === undefined ? undefined : elementsById[name];
  const declared = element.$descriptor?.propertiesByName?.[property];
  if (target === undefined || declared === undefined) return false;
  if (declared.isMany === true) (element.get?.(declared.name) as ModdleElement[]).push(target);
  else element.set?.(declared.name, target);
  return true;
}
