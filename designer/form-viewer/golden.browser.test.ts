import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readForm, standaloneValidator } from '#engine';
import { openPage } from '../../server/test/chromium.ts';
import { serveFormPage, type FormServer } from './test/form-server.ts';

const folder = new URL('../../engine/forms/test/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

describe('golden forms in Chromium, without unsafe-eval', () => {
  let server: FormServer;

  before(async () => {
    server = await serveFormPage(new URL('golden-page.ts', folder));
  });

  after(() => server.close());

  for (const name of readdirSync(new URL('golden/', folder))) {
    it(`${name}: data and errors are those of Node`, async () => {
      const golden = JSON.parse(read(`golden/${name}`)) as {
        form: string;
        cases: readonly { title: string; expected: unknown }[];
      };
      const form = read(`${golden.form}.form.json`);
      server.documents.set('golden.json', { type: 'application/json', body: read(`golden/${name}`) });
      server.documents.set('form.json', { type: 'application/json', body: form });
      server.documents.set('validator.mjs', {
        type: 'text/javascript',
        body: standaloneValidator(readForm(JSON.parse(form))),
      });
      const { page, close } = await openPage();
      await page.goto(server.url);
      // As a function: a string would be evaluated in the page again and again, which its policy forbids.
      await page.waitForFunction(() => 'report' in globalThis);
      const report = await page.evaluate<{ evalAllowed: boolean; outcomes: readonly unknown[] }>('globalThis.report');
      assert.equal(report.evalAllowed, false, 'the page would let ajv compile');
      golden.cases.forEach((fixture, index) =>
        assert.deepEqual(report.outcomes[index], fixture.expected, fixture.title),
      );
      await close();
    });
  }
});
