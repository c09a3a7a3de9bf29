import {
  compileFeel,
  ExpressionSyntaxError,
  treeOf,
  type FeelNode,
  type FormLanguage,
  type KindDefinition,
} from '#engine';
import { moneyText, parseMoney } from '../../form-viewer/number-text.ts';

/** «Поле справочника = поле формы» (or a fixed value): one line of a look-up's filter. */
export interface FilterLine {
  /** Field of the register. */
  readonly register: string;
  /** `form.model`, or in a row `row.kind`; absent when the line compares with a value. */
  readonly ours?: string;
  /** A fixed value as FEEL: `"water"`, `12`, `true`. */
  readonly value?: string;
}

/** The filter as lines that must all hold; null when it says more than lines can. */
export function readFilterLines(filter: string): readonly FilterLine[] | null {
  if (filter.trim() === '') return [];
  try {
    const tree = treeOf(compileFeel(filter));
    const lines = tree === null ? [null] : partsOf(tree).map((part) => lineOf(part, filter));
    return lines.every((line) => line !== null) ? lines : null;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return null;
    throw error;
  }
}

/** Lines that say something, as FEEL. */
export function writeFilterLines(lines: readonly FilterLine[]): string {
  return lines
    .filter(isWhole)
    .map(({ register, ours, value }) => `${register} = ${ours ?? value!}`)
    .join(' and ');
}

export function isWhole({ register, ours, value }: FilterLine): boolean {
  return register !== '' && (ours ?? value ?? '') !== '';
}

/**
 * What a field of the register holds: money is whole kopecks that people type and read in roubles; undefined while the register is
 * being read, or when it has no such field.
 */
export type ValueType = KindDefinition['type'] | 'money' | undefined;

/** A value as a person types it, for a field of that type: `007` is a text of one and a number of another. */
export function feelValue(typed: string, type: ValueType): string {
  if (type === 'money') {
    const kopecks = parseMoney(typed);
    return typeof kopecks === 'string' ? JSON.stringify(typed.trim()) : String(kopecks ?? '');
  }
  const numeric = type === 'number' || type === 'integer';
  const text = numeric ? typed.replace(/[\s\u00a0]/g, '').replace(',', '.') : typed.trim();
  if (text === '') return '';
  const number = (numeric || type === undefined) && /^-?\d+(?:\.\d+)?$/.test(text);
  const yesOrNo = (type === 'boolean' || type === undefined) && /^(?:true|false)$/.test(text);
  return number || yesOrNo ? text : JSON.stringify(typed.trim());
}

/** The line with another field of the register; what was typed is read as that field wants it. */
export function withRegister(line: FilterLine, to: RegisterChange): FilterLine {
  const { value } = line;
  const { register, type, before, language } = to;
  const typed = value === undefined ? undefined : typedValue(value, before, language);
  return { ...line, register, ...(typed !== undefined && { value: feelValue(typed, type) }) };
}

interface RegisterChange {
  readonly register: string;
  readonly type: ValueType;
  /** Type of the field that stood there. */
  readonly before: ValueType;
  readonly language: FormLanguage;
}

/** A value of the filter as a person would type it. */
export function typedValue(value: string, type: ValueType, language: FormLanguage): string {
  if (value.startsWith('"')) return JSON.parse(value) as string;
  return type === 'money' && /^-?\d+$/.test(value) ? moneyText(Number(value), language) : value;
}

function partsOf(node: FeelNode): readonly FeelNode[] {
  return node.kind === 'and' ? [...partsOf(node.left), ...partsOf(node.right)] : [node];
}

function lineOf(node: FeelNode, text: string): FilterLine | null {
  if (node.kind !== 'comparison' || node.op !== '=') return null;
  return sides(node.left, node.right, text) ?? sides(node.right, node.left, text);
}

function sides(left: FeelNode, right: FeelNode, text: string): FilterLine | null {
  if (left.kind !== 'name') return null;
  const register = left.name;
  const written = text.slice(right.from, right.to).trim();
  if (right.kind === 'path' && right.target.kind === 'name' && ['form', 'row', 'parent'].includes(right.target.name))
    return { register, ours: `${right.target.name}.${right.name}` };
  const plain = right.kind === 'literal' && ['string', 'boolean'].includes(typeof right.value);
  const number = right.kind === 'literal' && /^-?\d+(?:\.\d+)?$/.test(written);
  return plain || number
    ? {
        register,
        value:
          typeof (right as { value: unknown }).value === 'string'
            ? JSON.stringify((right as { value: unknown }).value)
            : written,
      }
    : null;
}
