import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { CLIENT_OPERATIONS } from './client-operations.ts';
import { readClientOperations } from './test/read-client-operations.ts';
import { renderAnswered, renderClientOperations, renderUnanswered, replaceSection } from './test/render-api-guide.ts';
import { unansweredOperations } from './unanswered-operations.ts';
import { v2Routes } from './v2-routes.ts';

const OPERATIONS = new URL('./client-operations.ts', import.meta.url);
const GUIDE = new URL('../../docs/guide/camunda-api.md', import.meta.url);

/** `REWRITE=1 npx mocha server/v2/api-guide.test.ts` brings both files up to date; look at the diff before committing it. */
const rewrite = process.env['REWRITE'] === '1';

/** Routes are declared without touching what they will work with. */
const routes = v2Routes({ database: {}, runner: { onCommit: () => undefined } } as unknown as Parameters<
  typeof v2Routes
>[0]);

function assertUpToDate(file: URL, expected: string): void {
  if (rewrite) writeFileSync(file, expected);
  const message = `${file.pathname.split('/').at(-1)} is out of date: run REWRITE=1 npx mocha server/v2/api-guide.test.ts`;
  assert.equal(readFileSync(file, 'utf8'), expected, message);
}

describe('what the official client can ask', () => {
  it('is listed as the client itself tells it', async () => {
    assertUpToDate(OPERATIONS, renderClientOperations(readFileSync(OPERATIONS, 'utf8'), await readClientOperations()));
  });

  it('stands in the guide, answered or not', () => {
    const unanswered = unansweredOperations(routes);
    const answered = CLIENT_OPERATIONS.filter((operation) => !unanswered.includes(operation));
    assert.ok(answered.length >= 50, `only ${answered.length} are answered`);
    let guide = readFileSync(GUIDE, 'utf8');
    guide = replaceSection(guide, 'answered', renderAnswered(answered, routes));
    guide = replaceSection(guide, 'unanswered', renderUnanswered(unanswered));
    assertUpToDate(GUIDE, guide);
  });

  it('has an operation for every route under /v2, so that no address is our own invention', () => {
    const known = new Set(CLIENT_OPERATIONS.map(({ method, path }) => `${method} /v2${path}`));
    const invented = routes.filter(({ method, path }) => !known.has(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`));
    assert.deepEqual(
      invented.map(({ path }) => path),
      [],
    );
  });
});
