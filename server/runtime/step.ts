import type { Accepted, Instance } from '#engine';
import type { CaseFields } from './instance-rows.ts';

/** One accepted command as the store writes it. */
export interface Step extends CaseFields {
  /** The instance it began from; null when it started the instance. */
  readonly before: Instance | null;
  readonly accepted: Accepted;
  readonly processName: string;
  readonly callDepth: number;
  /** Epoch milliseconds of the command. */
  readonly now: number;
}
