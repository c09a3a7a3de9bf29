import type { ElementType } from '#engine';

/** Element types that a reader of the case knows as one part of it. */
const PARTS = ['subProcess', 'eventSubProcess', 'transaction', 'adHocSubProcess'] as const;
/** They hold what runs in a part or a loop, and carry the id of that part or loop. */
const HOLDERS = ['multiInstanceBody', 'adHocInnerInstance'] as const;

export function isPart(elementType: string): boolean {
  return (PARTS as readonly string[]).includes(elementType);
}

export function isHolder(elementType: string): boolean {
  return (HOLDERS as readonly string[]).includes(elementType);
}

/** SQL lists. Scopes hold what waits; they do not wait themselves. */
export const SCOPES_SQL = listOf('process', 'callActivity' satisfies ElementType, ...PARTS, ...HOLDERS);
export const SCOPES_OF_TASKS_SQL = listOf('userTask' satisfies ElementType, ...PARTS, ...HOLDERS);

function listOf(...types: readonly string[]): string {
  return `(${types.map((type) => `'${type}'`).join(', ')})`;
}
