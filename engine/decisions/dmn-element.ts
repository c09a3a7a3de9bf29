/// <reference path="./dmn-moddle.d.ts" />
import type { DmnElement } from 'dmn-moddle';

/** A list property of a DMN element; absent lists are empty. */
export function listOf(element: DmnElement, property: string): readonly DmnElement[] {
  return (element.get(property) as readonly DmnElement[] | undefined) ?? [];
}

/** A single element property. */
export function childOf(element: DmnElement | undefined, property: string): DmnElement | undefined {
  return element?.get(property) as DmnElement | undefined;
}

/** A text property; absent ones are ''. */
export function textOf(element: DmnElement | undefined, property: string): string {
  const value = element?.get(property);
  return typeof value === 'string' ? value : '';
}
