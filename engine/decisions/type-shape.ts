import type { DmnElement } from 'dmn-moddle';
import type { NameShape } from '../expressions/compile.ts';
import type { TemporalType } from '../expressions/feelin.ts';
import { listOf, textOf } from './dmn-element.ts';

export type ItemDefinitions = ReadonlyMap<string, DmnElement>;

/** Types may refer to each other; data nests no deeper than this anyway. */
const DEPTH_LIMIT = 8;

/** Names inside a value of a declared type, so that `order.unit-price` is read as one name; null when none are known. */
export function shapeOfType(typeRef: string, definitions: ItemDefinitions, depth = 0): NameShape | null {
  const item = definitions.get(typeRef);
  return item === undefined || depth > DEPTH_LIMIT ? null : shapeOfItem(item, definitions, depth);
}

function shapeOfItem(item: DmnElement, definitions: ItemDefinitions, depth: number): NameShape | null {
  const components = listOf(item, 'itemComponent');
  if (components.length === 0) return shapeOfType(textOf(item, 'typeRef'), definitions, depth + 1);
  const shape: Record<string, NameShape | null> = {};
  for (const component of components) {
    shape[component.name ?? ''] = depth > DEPTH_LIMIT ? null : shapeOfItem(component, definitions, depth + 1);
  }
  return shape;
}

const TEMPORAL_TYPES: Readonly<Record<string, TemporalType>> = {
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
  'date and time': 'dateTime',
  dayTimeDuration: 'duration',
  yearMonthDuration: 'duration',
  'days and time duration': 'duration',
  'years and months duration': 'duration',
};

/** The temporal type a `typeRef` names, whose values arrive as ISO text; undefined for the others. */
export function temporalTypeOf(typeRef: string): TemporalType | undefined {
  const name = typeRef.slice(typeRef.indexOf(':') + 1);
  return Object.hasOwn(TEMPORAL_TYPES, name) ? TEMPORAL_TYPES[name] : undefined;
}
