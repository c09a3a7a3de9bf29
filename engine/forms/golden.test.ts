import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { compileValidator } from './compile-validator.ts';
import { readForm } from './read-form.ts';
import type { SchemaValidator } from './schema-validator.ts';
import { standaloneValidator } from './standalone-validator.ts';
import { NO_CALENDARS } from './test/form-fixture.ts';
import { runGoldenCase, type GoldenFile } from './test/golden-case.ts';

const folder = new URL('./test/', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

for (const name of readdirSync(new URL('golden/', folder))) {
  const golden = readJson(`golden/${name}`) as GoldenFile;
  describe(`golden forms: ${name}`, () => {
    const form = readForm(readJson(`${golden.form}.form.json`));
    const surroundings = { form, now: Date.parse(golden.now), zone: golden.zone, calendars: NO_CALENDARS };
    for (const fixture of golden.cases) {
      it(fixture.title, () => {
        assert.deepEqual(
          runGoldenCase(fixture, { ...surroundings, validate: compileValidator(form) }),
          fixture.expected,
        );
      });
    }
    it('the standalone module judges every case as ajv with RE2 does', async () => {
      const module = (await import(`data:text/javascript,${encodeURIComponent(standaloneValidator(form))}`)) as {
        validate: SchemaValidator;
      };
      for (const fixture of golden.cases) {
        assert.deepEqual(
          runGoldenCase(fixture, { ...surroundings, validate: module.validate }),
          fixture.expected,
          fixture.title,
        );
      }
    });
  });
}
