import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { scenarioNames } from '../test/scenario-files.ts';
import { lintFiles } from './lint-files.ts';

/** Scenarios that show a broken model on purpose, with the errors that lint finds in them. */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  'completion-quantity': ['deadlock Pack'],
  'inclusive-join-before-parallel-join': ['deadlock Both'],
  'inclusive-join-behind-stranded-tokens': ['deadlock Both'],
  'start-quantity-starved': ['deadlock Pack'],
  'parallel-join-same-flow-twice': ['deadlock Join'],
  'parallel-join-starved': ['deadlock Join'],
};

const read = (folder: URL, ending: RegExp) =>
  readdirSync(folder)
    .filter((name) => ending.test(name))
    .map((name) => ({ name, content: readFileSync(new URL(name, folder), 'utf8') }));

describe('lint: the models we ship', () => {
  const scenarios = new URL('../test/scenarios/', import.meta.url);
  for (const name of scenarioNames()) {
    it(`scenario ${name}`, async () => {
      const findings = await lintFiles(read(scenarios, new RegExp(`^${name}\\.bpmn$`)));
      const errors = findings.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map(({ code, elementId }) => `${code} ${elementId}`),
        BROKEN[name] ?? [],
      );
      const undecided = findings.filter(({ code }) => code === 'soundness-not-decided');
      assert.deepEqual(
        undecided.map(({ message }) => message.en),
        [],
      );
    });
  }

  const packs = new URL('../../processes/', import.meta.url);
  for (const pack of readdirSync(packs)) {
    it(`pack ${pack}: nothing at all`, async () => {
      const forms = new URL(`../../forms/${pack}/`, import.meta.url);
      const files = read(new URL(`${pack}/`, packs), /\.(bpmn|dmn)$/);
      const all = files.length === 0 ? [] : [...files, ...read(forms, /\.form\.json$/)];
      const findings = await lintFiles(all);
      assert.deepEqual(
        findings.map(({ file, code, elementId }) => `${file} ${code} ${elementId}`),
        [],
      );
    });
  }
});
