import type { InstanceExplanation } from '#engine';
import type { ExplanationView } from '#contract';

/** The facts of the engine as they go over the wire: keys as decimal texts, instants as ISO 8601. */
export function explanationView(explanation: InstanceExplanation): ExplanationView {
  return wire('', explanation) as ExplanationView;
}

const KEY = /(^key|Key)$/;
const KEYS = /Keys$/;
const INSTANT = /^(since|.*At)$/;

function wire(name: string, value: unknown): unknown {
  if (typeof value === 'number') {
    if (KEY.test(name)) return String(value);
    return INSTANT.test(name) ? new Date(value).toISOString() : value;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => wire(KEYS.test(name) ? 'key' : '', item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(key, inner)]));
}
