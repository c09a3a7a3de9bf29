import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { InvalidForm, readForm } from '#engine';
import { readDocument } from '../form-editor/document/read-document.ts';
import { writeDocument } from '../form-editor/document/write-document.ts';
import { perform, redo, startHistory, undo, type EditHistory } from './edit-history.ts';
import { CommandRefused } from './form-command.ts';
import { drawCommand, type Draw } from './test/draw-command.ts';

// A new one each time, but CI judges the change and looks no further.
const SEED = Number(process.env.SEED ?? (process.env.CI === undefined ? Date.now() % 2 ** 31 : 20_261_129));
const RUNS = Math.min(Number(process.env.RUNS ?? 20), 1_000);
const STEPS = 40;

/** A form from the file system: `classify-claim` has groups, rows, rules, assertions and both languages. */
const ORIGINAL = JSON.parse(
  readFileSync(new URL('../../engine/forms/test/classify-claim.form.json', import.meta.url), 'utf8'),
) as object;

describe('editing a form', () => {
  it(`gives back the same bytes after undoing everything, and again after redoing it (SEED=${SEED})`, () => {
    for (let run = 0; run < RUNS; run += 1) {
      const draw = drawFrom(SEED + run);
      let history: EditHistory = startHistory(readDocument(ORIGINAL));
      const texts = [bytesOf(history)];
      for (let step = 0; step < STEPS; step += 1) history = edit(history, { draw, now: step * 10_000, texts });
      const last = texts.at(-1);
      for (const text of texts.slice(0, -1).reverse()) {
        history = undo(history);
        assert.equal(bytesOf(history), text, `SEED=${SEED + run}`);
      }
      assert.equal(bytesOf(history), JSON.stringify(ORIGINAL), `SEED=${SEED + run}`);
      while (history.future.length > 0) history = redo(history);
      assert.equal(bytesOf(history), last, `SEED=${SEED + run}`);
    }
  }).timeout(60_000);

  it(`always leaves a definition that reads into the same document, with both trees in step (SEED=${SEED})`, () => {
    for (let run = 0; run < RUNS; run += 1) {
      const draw = drawFrom(SEED + run);
      let history: EditHistory = startHistory(readDocument(ORIGINAL));
      for (let step = 0; step < STEPS; step += 1) {
        history = edit(history, { draw, now: step, texts: [] });
        const text = bytesOf(history);
        assert.equal(JSON.stringify(writeDocument(readDocument(JSON.parse(text)))), text, `SEED=${SEED + run}`);
        assert.deepEqual(brokenLinks(JSON.parse(text)), [], `SEED=${SEED + run} step ${step}`);
      }
    }
  }).timeout(60_000);
});

function edit(
  history: EditHistory,
  { draw, now, texts }: { readonly draw: Draw; readonly now: number; readonly texts: string[] },
): EditHistory {
  const command = drawCommand(history.document, draw);
  if (!command) return history;
  try {
    const next = perform(history, command, { now, stableId: () => `f_${draw(1e9)}` }).history;
    if (next.past.length > history.past.length) texts.push(bytesOf(next));
    else if (next !== history) texts[texts.length - 1] = bytesOf(next);
    return next;
  } catch (error) {
    // Refused as a whole: the history is the one from before.
    assert.ok(error instanceof CommandRefused, String(error));
    return history;
  }
}

/** Problems that no edit may cause: a scope that leads nowhere, a control twice, a name that is none. */
function brokenLinks(definition: unknown): readonly string[] {
  try {
    readForm(definition);
    return [];
  } catch (error) {
    assert.ok(error instanceof InvalidForm);
    return error.problems
      .filter(
        ({ path, message }) => /\/scope$|required$|\/properties\/[^/]+$/.test(path) && !/circle|Widget/.test(message),
      )
      .map(({ path, message }) => `${path}: ${message}`);
  }
}

function bytesOf({ document }: EditHistory): string {
  return JSON.stringify(writeDocument(document));
}

/** Mulberry32: the same seed draws the same commands. */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
