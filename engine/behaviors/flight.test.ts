import assert from 'node:assert/strict';
import { countVisit, Flights } from './flight.ts';

describe('the visits of a scope', () => {
  it('are counted per node, also those from before there were too many', () => {
    const flight = new Flights().of(1);
    const over: string[] = [];
    for (let visit = 1; visit <= 8; visit += 1) {
      if (countVisit(flight, 'often', 4)) over.push(`often ${visit}`);
      if (visit % 2 === 0 && countVisit(flight, 'seldom', 4)) over.push(`seldom ${visit / 2}`);
    }
    assert.deepEqual(over, ['often 5', 'often 6', 'often 7', 'often 8']);
  });

  it('belong to one scope', () => {
    const flights = new Flights();
    for (let scopeKey = 1; scopeKey <= 9; scopeKey += 1) assert.equal(countVisit(flights.of(scopeKey), 'A', 1), false);
    assert.equal(countVisit(flights.of(1), 'A', 1), true);
  });

  it('leave the steps of other scopes alone', () => {
    const flights = new Flights();
    for (const scopeKey of [1, 2, 1]) flights.of(scopeKey).steps += 1;
    flights.leave(flights.of(1));
    assert.deepEqual(
      [1, 2, 3].map((scopeKey) => flights.stepsIn(scopeKey)),
      [1, 1, 0],
    );
  });

  it('are forgotten with it, also by whoever lives again under its key', () => {
    const flights = new Flights();
    for (const scopeKey of [1, 2]) countVisit(flights.of(scopeKey), 'A', 1);
    flights.end(flights.of(1));
    assert.equal(countVisit(flights.of(1), 'A', 1), false);
    assert.equal(countVisit(flights.of(2), 'A', 1), true);
    flights.of(1).steps += 1;
    assert.deepEqual([flights.stepsIn(1), flights.stepsIn(2)], [1, 0]);
  });
});
