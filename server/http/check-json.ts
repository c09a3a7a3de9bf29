import { Refused } from './refused.ts';

/** Deeper data has no use in a form and overflows the stack of recursive readers (measured in `reliability.md` §3.2). */
export const MAX_JSON_DEPTH = 64;

const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses JSON that came from outside. Walks the result without recursion, because 50,000 nested arrays parse well and
 * only break whoever reads them next.
 *
 * @throws Refused `malformed-body`: not JSON, nested deeper than 64, or a key that names a prototype
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused('malformed-body', {
      ru: `Тело запроса — не JSON: ${reason}.`,
      en: `The body is not JSON: ${reason}.`,
    });
  }
  checkJson(value);
  return value;
}

/** The walk alone, for values that were parsed elsewhere. */
export function checkJson(value: unknown): void {
  const rest: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= MAX_JSON_DEPTH) {
      throw new Refused('malformed-body', {
        ru: `Данные вложены глубже ${MAX_JSON_DEPTH} уровней.`,
        en: `The data is nested deeper than ${MAX_JSON_DEPTH} levels.`,
      });
    }
    for (const [key, inner] of Object.entries(next.value)) {
      if (PROTOTYPE_KEYS.has(key)) {
        throw new Refused('malformed-body', {
          ru: `Имя «${key}» в данных запрещено.`,
          en: `The name "${key}" is not allowed in data.`,
        });
      }
      rest.push({ value: inner, depth: next.depth + 1 });
    }
  }
}
