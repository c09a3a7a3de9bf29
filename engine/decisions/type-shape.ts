import type { DmnElement } from 'dmn-moddle';
import type { NameShape } from '../expressions/compile.ts';
import { listOf, textOf } from './dmn-element.ts';
import type { ItemTypes } from './item-types.ts';

/** Types may refer to each other; data nests no deeper than this anyway. */
const DEPTH_LIMIT = 8;

/** Names inside a value of a declared type, so that `order.unit-price` is read as one name; null when none are known. */
export function shapeOfType(typeRef: string, types: ItemTypes, depth = 0): NameShape | null {
  const found = types.find(typeRef);
  return found === undefined || depth > DEPTH_LIMIT ? null : shapeOfItem(found.item, found.types, depth);
}

function shapeOfItem(item: DmnElement, types: ItemTypes, depth: number): NameShape | null {
  const components = listOf(item, 'itemComponent');
  if (components.length === 0) return shapeOfType(textOf(item, 'typeRef'), types, depth + 1);
  const shape: Record<string, NameShape | null> = {};
  for (const component of components) {
    shape[component.name ?? ''] = depth > DEPTH_LIMIT ? null : shapeOfItem(component, types, depth + 1);
  }
  return shape;
}
