import type { FeelValue } from '../values/feel-value.ts';
import type { FeelRun } from './feel-run.ts';

/** A compiled node. `slots` holds locals by number: loop variables, parameters, filter elements, context entries. */
export type Code = (slots: FeelValue[], run: FeelRun) => FeelValue;
