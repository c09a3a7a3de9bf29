import assert from 'node:assert/strict';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { openScreen, signIn } from './open-screen.ts';

describe('a case that stands still', function () {
  this.timeout(120_000);
  let file: string;
  let test: TestApp;
  let caseKey: string;

  before('build the designer and start the server', async () => {
    file = createSqliteDatabase();
    test = await startApp({ dialect: 'sqlite', filename: file }, { designerFolder: await buildDesigner() });
    caseKey = (await test.mail('claim-shortage.eml')).body.caseKey;
    await test.settle();
  });
  after(async () => {
    await test.close();
    dropSqliteDatabase(file);
  });

  for (const size of ['desktop', 'phone'] as const) {
    it(`says so, and an operator lets it go on after a question (${size})`, async () => {
      const { status } = await test.call('analyst', `POST /api/process-instances/${caseKey}/suspension`);
      assert.equal(status, 204);
      const screen = await openScreen(test, size);
      await screen.go(`/cases/${caseKey}`);
      await signIn(screen, 'analyst');
      const banner = screen.page.getByText('Дело приостановлено', { exact: true }).first();
      await banner.waitFor();
      await screen.check('suspended-case');
      await screen.page.getByRole('button', { name: 'Возобновить' }).click();
      const dialog = screen.page.getByRole('dialog', { name: 'Возобновить дело?' });
      await dialog.waitFor();
      await screen.picture('suspended-case-question');
      await dialog.getByRole('button', { name: 'Возобновить' }).click();
      await banner.waitFor({ state: 'detached' });
      const detail = await test.call('analyst', `GET /api/cases/${caseKey}`);
      assert.equal(detail.body.suspendedAt, null);
      await screen.close();
    });
  }
});
