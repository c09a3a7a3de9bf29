import type { HistoryEvent } from './history-event.ts';
import { PackedEvents } from './packed-events.ts';

/** As many are packed together: more than most commands record, and few enough that the collector has met few of them. */
const LOT = 1_024;

/**
 * What one command has recorded, in order. A loop of 10,000 items records 130,000 events in one command: 13 MB, which the
 * collector copied twice and then marked, so that an item cost four times what it does among 100 (ADR 0014).
 */
export class EventLog {
  readonly #at: number;
  #recent: HistoryEvent[] = [];
  #packed: PackedEvents | null = null;

  /** `at`: when the command happens, and all of its events. */
  constructor(at: number) {
    this.#at = at;
  }

  push(event: HistoryEvent): void {
    this.#recent.push(event);
    if (this.#recent.length < LOT) return;
    this.#packed ??= new PackedEvents(this.#at);
    for (const one of this.#recent) this.#packed.add(one);
    this.#recent = [];
  }

  all(): readonly HistoryEvent[] {
    return this.#packed === null ? this.#recent : this.#packed.events().concat(this.#recent);
  }
}
