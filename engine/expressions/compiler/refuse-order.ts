import type { FeelRun, Place } from './feel-run.ts';
import type { FeelValue } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';

export function refuseOrder(a: FeelValue, b: FeelValue, run: FeelRun, place: Place): null {
  return run.fail(
    `Expected numbers, texts or dates of one kind to compare, got ${kindName(a)} and ${kindName(b)}.`,
    place,
  );
}
