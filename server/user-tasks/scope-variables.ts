import type { Instance, JsonValue, Key } from '#engine';

/** Variables by name as an element of a loaded instance sees them: its own hide those of the scopes around it. */
export function scopeVariables(instance: Instance, elementInstanceKey: Key): Readonly<Record<string, JsonValue>> {
  const seen = new Map<string, JsonValue>();
  let key: Key | null = elementInstanceKey;
  while (key !== null) {
    for (const { name, value } of instance.variables.get(key)?.values() ?? [])
      if (!seen.has(name)) seen.set(name, value);
    key = instance.elements.get(key)?.scopeKey ?? null;
  }
  return Object.fromEntries(seen);
}
