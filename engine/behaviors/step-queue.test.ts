import assert from 'node:assert/strict';
import { Flights } from './flight.ts';
import type { Step } from './run.ts';
import { StepQueue } from './step-queue.ts';

describe('the steps still to do', () => {
  const flights = new Flights();
  const step = (scopeKey: number, driverKey: number): Step => ({ kind: 'undo', scopeKey, driverKey });

  function queueOf(...steps: readonly Step[]): StepQueue {
    const queue = new StepQueue();
    for (const one of steps) queue.add(one, flights.of(one.scopeKey));
    return queue;
  }

  function takeAll(queue: StepQueue): (Step | null)[] {
    const taken: (Step | null)[] = [];
    for (let place = queue.take(); place !== null; place = queue.take()) taken.push(place.step);
    return taken;
  }

  it('come first in, first out, also those that are added on the way', () => {
    const queue = queueOf(step(1, 1), step(1, 2));
    assert.deepEqual(queue.take()?.step, step(1, 1));
    queue.add(step(2, 3), flights.of(2));
    assert.deepEqual(takeAll(queue), [step(1, 2), step(2, 3)]);
    queue.add(step(1, 4), flights.of(1));
    assert.deepEqual(takeAll(queue), [step(1, 4)]);
  });

  it('of one scope are forgotten, the others stay', () => {
    const queue = queueOf(step(1, 1), step(2, 2), step(1, 3));
    queue.forget(flights.of(1));
    assert.deepEqual(takeAll(queue), [null, step(2, 2), null]);
  });
});
