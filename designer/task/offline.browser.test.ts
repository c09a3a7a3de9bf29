import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openPage, type PageOptions, type TestPage } from '../../server/test/chromium.ts';
import { becomes } from '../../server/test/until.ts';
import { buildDesigner } from '../test/build-designer.ts';
import { startFakeApi, type FakeApi } from '../test/fake-api.ts';

/** What a lost connection writes into the console is no error of ours. */
const EXPECTED = /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_REFUSED/;
const FILLED = {
  topic: 'delivery',
  demand: 'info',
  isClaim: false,
  priority: 'normal',
  assignee: 'anna',
  clientName: 'Тепло и Дом',
  clientKind: 'b2b',
  channel: 'mail',
};

/** In the page: whether the service worker keeps the page, its scripts, the task and the person. */
const KEPT_TASK = `(async () => {
  const keys = async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  const answers = await keys('answers-1');
  return answers.includes('/api/session') && answers.includes(location.pathname.replace('/tasks', '/api/tasks')) &&
    (await keys('page-1')).includes('/') && (await keys('assets-1')).some((path) => path.includes('validator'));
})()`;

describe('a task and a lost connection', function () {
  this.timeout(120_000);
  let folder: string;
  let api: FakeApi;
  let opened: TestPage;

  before(async () => {
    folder = await buildDesigner();
  });
  beforeEach(async () => {
    api = await startFakeApi(folder);
  });
  afterEach(async () => {
    const errors = opened.errors.filter((error) => !EXPECTED.test(error));
    await opened.close();
    await api.close();
    assert.deepEqual(errors, []);
  });

  async function open(options?: PageOptions): Promise<{ readonly page: Page; readonly address: string }> {
    const task = api.world.tasks.find(({ assignee, formKey }) => assignee === 'anna' && formKey === 'classify-claim');
    assert.ok(task, 'Expected a task of Anna with the form.');
    opened = await openPage(options);
    await opened.context.request.post(`${api.url}/api/session`, { data: { username: 'anna', password: 'demo' } });
    const address = `${api.url}/api/tasks/${task.userTaskKey}`;
    await opened.context.request.put(`${address}/draft`, { data: { data: FILLED } });
    await opened.page.goto(`${api.url}/tasks/${task.userTaskKey}`);
    return { page: opened.page, address };
  }

  const client = (page: Page) => page.getByRole('textbox', { name: /Имя или название/ });
  const savedName = async (page: Page, address: string): Promise<unknown> => {
    const answer = (await (await page.request.get(address)).json()) as { draft: { data: Record<string, unknown> } };
    return answer.draft.data['clientName'];
  };

  it('what is typed without one survives a reload and reaches the server when it is back', async () => {
    const { page, address } = await open();
    await client(page).waitFor();
    await opened.context.setOffline(true);
    await client(page).fill('Набрано в подвале');
    await page.getByText(/Черновик не сохран/).waitFor();
    assert.equal(await savedName(page, address), 'Тепло и Дом');
    // The tab is closed before the net is back: the page can be had again, the draft was never sent.
    await page.route('**/draft', (route) => route.abort());
    await opened.context.setOffline(false);
    await page.reload();
    await client(page).waitFor();
    await becomes(() => client(page).inputValue(), 'Набрано в подвале');
    await page.unroute('**/draft');
    await page.evaluate('window.dispatchEvent(new Event("online"))');
    await page.getByText(/^Сохранено/).waitFor();
    assert.equal(await savedName(page, address), 'Набрано в подвале');
  });

  it('a task that was open opens again without one, with what was typed', async () => {
    const { page } = await open({ serviceWorkers: 'allow' });
    await client(page).waitFor();
    // Everything that it needs has been seen by now, or is fetched once more.
    await page.waitForFunction(KEPT_TASK);
    // A file seen in a tab of its own does not take the place of the page.
    const file = await opened.context.newPage();
    await file.goto(`${api.url}/color-scheme.js`);
    await file.close();
    await api.close();
    await client(page).fill('Набрано в подвале');
    await page.getByText(/Черновик не сохран/).waitFor();
    await page.reload();
    await client(page).waitFor();
    await becomes(() => client(page).inputValue(), 'Набрано в подвале');
  });

  it('an answer lost on the way back is asked for again under the same key: one task, completed once', async () => {
    const { page, address } = await open();
    await client(page).waitFor();
    let lost = 0;
    await page.route('**/complete', async (route) => {
      lost += 1;
      if (lost > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    const button = page.getByRole('button', { name: /Завершить|Отправить/ }).first();
    await button.evaluate((element) => {
      (element as HTMLElement).click();
      (element as HTMLElement).click();
    });
    await page
      .getByText(/завершена/)
      .first()
      .waitFor();
    const sent = api.writes.filter((write) => write.includes(new URL(address).pathname + '/complete'));
    assert.equal(sent.length, 2, 'the server saw it twice');
    assert.equal(new Set(sent).size, 1, 'under one idempotency key');
  });
});
