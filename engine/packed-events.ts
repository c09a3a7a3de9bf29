import type { ElementInstance } from './instance.ts';
import type { HistoryEvent } from './history-event.ts';

/** Values per block. Blocks of 2,048 to 16,000 cost the same; above that V8 maps each from the system, 170 µs for 256 KB. */
const BLOCK = 2_048;
/** No event takes more. */
const MOST_VALUES = 6;

/** What the values of an event begin with. */
const AS_IT_IS = 0;
const ELEMENT_ACTIVATED = 1;
const ELEMENT_COMPLETED = 2;
const SEQUENCE_FLOW_TAKEN = 3;
const VARIABLE_CREATED = 4;
const ITERATION_COMPLETED = 5;

type Activated = Extract<HistoryEvent, { kind: 'elementActivated' }>;

/**
 * Events as values in a row, a third of the bytes and one object for hundreds of them. What a loop that passes straight
 * through repeats is packed, everything else stands there as it is. Read back they are equal to the byte.
 */
export class PackedEvents {
  readonly #at: number;
  readonly #blocks: unknown[][] = [];
  #block: unknown[] = [];
  #end = BLOCK;

  /** `at`: when they happen; an element that begins then need not say so. */
  constructor(at: number) {
    this.#at = at;
  }

  add(event: HistoryEvent): void {
    if (this.#end + MOST_VALUES > BLOCK) this.#beginBlock();
    switch (event.kind) {
      case 'elementActivated':
        if (isPlain(event.element, this.#at)) this.#addActivated(event.element);
        else this.#addAsItIs(event);
        return;
      case 'elementCompleted':
        this.#put(ELEMENT_COMPLETED);
        this.#put(event.elementInstanceKey);
        this.#put(event.elementId);
        return;
      case 'sequenceFlowTaken':
        this.#put(SEQUENCE_FLOW_TAKEN);
        this.#put(event.flowId);
        this.#put(event.scopeKey);
        return;
      case 'variableCreated':
        this.#put(VARIABLE_CREATED);
        this.#put(event.variable.variableKey);
        this.#put(event.variable.scopeKey);
        this.#put(event.variable.name);
        this.#put(event.variable.value);
        return;
      case 'loopIterationCompleted':
        if (event.result !== null) {
          this.#addAsItIs(event);
          return;
        }
        this.#put(ITERATION_COMPLETED);
        this.#put(event.bodyKey);
        this.#put(event.index);
        return;
      default:
        this.#addAsItIs(event);
    }
  }

  events(): HistoryEvent[] {
    const events: HistoryEvent[] = [];
    for (const block of this.#blocks) {
      const values = block.values();
      const next = () => values.next().value as never;
      // What is left of a block is undefined.
      for (let code = next(); code !== undefined; code = next()) events.push(this.#read(code, next));
    }
    return events;
  }

  /** The properties in the order in which they were written, so that they make the same JSON. */
  #read(code: number, next: () => never): HistoryEvent {
    switch (code) {
      case ELEMENT_ACTIVATED:
        return this.#activated(next);
      case ELEMENT_COMPLETED:
        return { kind: 'elementCompleted', elementInstanceKey: next(), elementId: next() };
      case SEQUENCE_FLOW_TAKEN:
        return { kind: 'sequenceFlowTaken', flowId: next(), scopeKey: next() };
      case VARIABLE_CREATED:
        return {
          kind: 'variableCreated',
          variable: { variableKey: next(), scopeKey: next(), name: next(), value: next() },
        };
      case ITERATION_COMPLETED:
        return { kind: 'loopIterationCompleted', bodyKey: next(), index: next(), result: null };
      default:
        return next();
    }
  }

  #activated(next: () => never): Activated {
    return {
      kind: 'elementActivated',
      element: {
        key: next(),
        elementId: next(),
        elementType: next(),
        scopeKey: next(),
        state: 'active',
        startedAt: this.#at,
        loop: null,
        loopIndex: next(),
        calledInstanceKey: null,
        memory: null,
      },
    };
  }

  #addActivated({ key, elementId, elementType, scopeKey, loopIndex }: ElementInstance): void {
    this.#put(ELEMENT_ACTIVATED);
    this.#put(key);
    this.#put(elementId);
    this.#put(elementType);
    this.#put(scopeKey);
    this.#put(loopIndex);
  }

  #addAsItIs(event: HistoryEvent): void {
    this.#put(AS_IT_IS);
    this.#put(event);
  }

  #put(value: unknown): void {
    this.#block[this.#end] = value;
    this.#end += 1;
  }

  #beginBlock(): void {
    this.#block = new Array<unknown>(BLOCK);
    this.#blocks.push(this.#block);
    this.#end = 0;
  }
}

/** As nearly all begin. */
function isPlain({ state, startedAt, loop, calledInstanceKey, memory }: ElementInstance, at: number): boolean {
  return state === 'active' && startedAt === at && loop === null && calledInstanceKey === null && memory === null;
}
