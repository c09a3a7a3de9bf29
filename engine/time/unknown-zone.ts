import { TimeError } from './time-error.ts';

/** A zone that the platform's IANA data does not know. Fixed offsets are refused too: they forget daylight saving. */
export class UnknownZone extends TimeError {
  readonly code = 'unknownZone';
  readonly params: { readonly zone: string };

  constructor(zone: string) {
    super(`Expected an IANA time zone such as Europe/Moscow, but got "${zone}".`);
    this.params = { zone };
  }
}
