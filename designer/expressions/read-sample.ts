import { jsonLanguage } from '@codemirror/lang-json';
import type { JsonValue } from '#engine';

type Sample = Readonly<Record<string, JsonValue>>;

export type SampleReading =
  | { readonly ok: true; readonly variables: Sample }
  | {
      readonly ok: false;
      readonly reason: 'json' | 'object';
      /** Offset of the mistake; 1-based line and column of it. */
      readonly at: number;
      readonly line: number;
      readonly column: number;
    };

/** Sample variables from JSON; nothing at all is no variables. */
export function readSample(text: string): SampleReading {
  if (text.trim() === '') return { ok: true, variables: {} };
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return { ok: false, reason: 'json', ...placeOf(text, firstMistake(text)) };
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { ok: true, variables: value as Sample };
  }
  return { ok: false, reason: 'object', ...placeOf(text, text.search(/\S/)) };
}

/** Browsers say the place of a mistake in words of their own, or not at all; the grammar of the editor knows it. */
function firstMistake(text: string): number {
  let at: number | null = null;
  jsonLanguage.parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError && at === null) at = node.from;
    },
  });
  return at ?? text.length;
}

function placeOf(text: string, at: number): { readonly at: number; readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  return { at, line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
