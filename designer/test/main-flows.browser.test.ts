import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { DESKTOP, openPage, PHONE, type TestPage } from '../../server/test/chromium.ts';
import { becomes, until } from '../../server/test/until.ts';
import { buildDesigner } from './build-designer.ts';
import { startFakeApi, type FakeApi } from './fake-api.ts';
import type { FakeTask } from './fake-world.ts';

/** What a 4xx leaves in the console is not an error of ours. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4/;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('designer in the browser', function () {
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
    // A violated content security policy stands here too.
    assert.deepEqual(errors, []);
  });

  async function open(
    path: string,
    size: { readonly width: number; readonly height: number } = DESKTOP,
    username = 'anna',
  ): Promise<Page> {
    opened = await openPage(size);
    if (username !== '')
      await opened.context.request.post(`${api.url}/api/session`, { data: { username, password: 'demo' } });
    await opened.page.goto(api.url + path);
    return opened.page;
  }

  const task = (found: (candidate: FakeTask) => boolean): FakeTask => {
    const first = api.world.tasks.find(found);
    assert.ok(first, 'Expected such a task in the fake world.');
    return first;
  };

  it('signs in, says when a password does not fit, and leads to where the person wanted to go', async () => {
    const page = await open('/cases?q=недовоз', DESKTOP, '');
    await page.getByLabel('Имя пользователя').fill('anna');
    await page.locator('input[type=password]').fill('wrong');
    await page.getByRole('button', { name: 'Войти' }).click();
    await page.getByText('не подходят').waitFor();
    await page.locator('input[type=password]').fill('demo');
    await page.getByRole('button', { name: 'Войти' }).click();
    await page.getByRole('heading', { name: 'Дела' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('q'), 'недовоз');
  });

  it('takes a task, completes it once although clicked twice, and opens the next', async () => {
    const free = task(
      ({ assignee, formKey, candidateGroups }) =>
        assignee === null && formKey === null && candidateGroups.includes('claims'),
    );
    const page = await open(`/tasks/${free.userTaskKey}?tab=group`);
    await page.getByRole('button', { name: 'Взять в работу' }).click();
    const complete = page.getByRole('button', { name: 'Завершить' });
    await complete.waitFor();
    await complete.evaluate((element) => {
      const button = element as HTMLElement;
      button.click();
      button.click();
    });
    await page.getByText(`Задача «${free.name}» завершена`).waitFor();
    await page.waitForURL((url) => !url.pathname.endsWith(free.userTaskKey));
    assert.equal(
      api.writes.filter((write) => write.startsWith(`POST /api/tasks/${free.userTaskKey}/complete`)).length,
      1,
    );
  });

  it('keeps what is typed as a draft, and shows the errors that only the server knows at their fields', async () => {
    const { userTaskKey } = task(({ assignee, formKey }) => assignee === 'anna' && formKey === 'classify-claim');
    const page = await open(`/tasks/${userTaskKey}`);
    const data = {
      topic: 'delivery',
      demand: 'info',
      isClaim: false,
      priority: 'normal',
      assignee: 'anna',
      comment: 'плохо',
      clientName: 'Никто',
      clientKind: 'b2b',
      channel: 'mail',
    };
    await page.request.put(`${api.url}/api/tasks/${userTaskKey}/draft`, { data: { data } });
    await page.reload();
    await page.getByRole('textbox', { name: /Имя или название/ }).fill('Никому не известный');
    await page.getByText('Сохранено').waitFor();
    await page.getByRole('button', { name: 'Завершить' }).click();
    await page.getByText('такого клиента нет в справочнике').first().waitFor();
    await page.reload();
    await becomes(() => page.getByRole('textbox', { name: /Имя или название/ }).inputValue(), 'Никому не известный');
  });

  it('says who was faster when a task has ended meanwhile', async () => {
    const { userTaskKey } = task(({ assignee, formKey }) => assignee === 'anna' && formKey === null);
    const page = await open(`/tasks/${userTaskKey}`);
    const complete = page.getByRole('button', { name: 'Завершить' });
    await complete.waitFor();
    const index = api.world.tasks.findIndex((candidate) => candidate.userTaskKey === userTaskKey);
    api.world.tasks[index] = {
      ...(api.world.tasks[index] as FakeTask),
      state: 'COMPLETED',
      assignee: 'ivanov',
      assigneeName: 'Иванов П. А.',
    };
    await complete.click();
    await page.getByText('Задачу уже завершил(а) Иванов П. А.').waitFor();
  });

  it('is worked by the keyboard: J and K on any layout, Enter, Ctrl+K', async () => {
    const page = await open('/tasks');
    await page.locator('[data-task-key]').first().waitFor();
    await page.waitForURL(/\/tasks\/\d+/);
    await page.keyboard.press('KeyJ');
    let focused: unknown;
    await until('a task has the focus', async () => {
      focused = await page.evaluate(`document.activeElement.closest('[data-task-key]')?.dataset.taskKey`);
      return focused !== undefined;
    });
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/tasks/${String(focused)}`));
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox', { name: 'Поиск и переход' }).fill('ОБР-2026-000140');
    await page
      .getByRole('option', { name: /ОБР-2026-000140/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Недовоз/ }).waitFor();
  });

  it('asks to sign in again when the session has ended, and comes back', async () => {
    const page = await open('/tasks');
    await page.waitForURL(/\/tasks\/\d+/);
    await page.waitForLoadState('networkidle');
    await opened.context.clearCookies();
    await page.getByRole('tab', { name: /Моих групп/ }).click();
    await page.getByText('Сеанс закончился').waitFor();
    await page.getByLabel('Имя пользователя').fill('anna');
    await page.locator('input[type=password]').fill('demo');
    await page.getByRole('button', { name: 'Войти' }).click();
    await page.waitForURL(/tab=group/);
  });

  it('loads further pages at the end of the list', async () => {
    const page = await open('/tasks?tab=all');
    await page.locator('[data-task-key]').nth(49).scrollIntoViewIfNeeded();
    await page.locator('[data-task-key]').nth(99).waitFor({ state: 'attached' });
  });

  it('says on the case page what it waits for, since when, and what may happen meanwhile', async () => {
    const page = await open(`/cases/${api.world.cases[0]?.caseKey}`);
    await page.getByRole('tab', { name: 'Чего ждём' }).click();
    const waits = page.getByRole('list', { name: 'Чего ждём' }).locator('> li');
    await waits.first().waitFor();
    assert.equal(await waits.count(), 3);
    assert.match(
      await waits.nth(0).innerText(),
      /Проверить гарантию[\s\S]*срок прошёл[\s\S]*Инженеры сервиса[\s\S]*прервёт/,
    );
    assert.match(await waits.nth(2).innerText(), /Выполнение[\s\S]*Ждёт, пока придут все ветви/);
    await page.goto(`${api.url}/cases/${api.world.cases[3]?.caseKey}?tab=waits`);
    await page.getByText('Дело ничего не ждёт').waitFor();
  });

  it('says on the case page what was decided by which rule, folds what is long, and tells a failure with its remedy', async () => {
    const page = await open(`/cases/${api.world.cases[0]?.caseKey}`);
    await page.getByRole('tab', { name: 'Решения' }).click();
    const decisions = page.getByRole('list', { name: 'Решения', exact: true }).locator('> li');
    const newest = decisions.nth(0);
    await newest.waitFor();
    assert.match(
      await newest.innerText(),
      /Разбор обращения\s*версия 3[\s\S]*правило 4 из 12: Склад[\s\S]*Сначала вычислено[\s\S]*Срочность/,
    );
    assert.match(await newest.innerText(), /Сумма претензии: 9\s672,65[\s\S]*Дата покупки: 10\sноя 2026/);
    assert.equal(await newest.getByText('Признак 22').count(), 0);
    await newest.getByRole('button', { name: /Ещё \d+ значени/ }).press('Enter');
    await newest.getByText('Признак 22').waitFor();
    await newest.getByRole('button', { name: 'Показать целиком' }).click();
    await newest.getByText('конец письма').waitFor();
    const failed = decisions.nth(1);
    assert.equal(await failed.getByText('Что сделать').count(), 0, 'only the newest is open');
    await failed.getByRole('button', { name: /не вычислено/ }).press('Enter');
    await failed.getByText('Подошли сразу правила 1, 3').waitFor();
    await failed.getByText('Expected one matching rule').waitFor();
    await decisions.nth(19).scrollIntoViewIfNeeded();
    await decisions.nth(39).scrollIntoViewIfNeeded();
    await decisions.nth(49).waitFor({ state: 'attached' });
    await page.goto(`${api.url}/cases/${api.world.cases[3]?.caseKey}?tab=decisions`);
    await page.getByText('В этом деле решения ещё не принимались').waitFor();
  });

  for (const [name, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    it(`leaves the bpmn.io watermark visible and clickable on a ${name}`, async () => {
      const page = await open(`/cases/${api.world.cases[0]?.caseKey}?tab=diagram`, size);
      const logo = page.locator('.bjs-powered-by');
      await logo.waitFor();
      const onTop = await logo.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return element.contains(at) && box.right <= innerWidth && box.bottom <= innerHeight;
      });
      assert.equal(onTop, true);
    });
  }

  for (const [name, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`has no serious accessibility finding and nothing wider than a ${name} in ${scheme} colours`, async () => {
        const key = api.world.cases[0]?.caseKey;
        const { userTaskKey } = task(({ assignee, formKey }) => assignee === 'anna' && formKey === 'classify-claim');
        const passed = task(({ elementId }) => elementId === 'Triage');
        await open('/tasks', size);
        await opened.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        for (const path of [
          '/tasks',
          `/tasks/${userTaskKey}`,
          `/tasks/${passed.userTaskKey}?tab=all`,
          '/cases',
          `/cases/${passed.caseKey}`,
          `/cases/${key}?tab=waits`,
          `/cases/${key}?tab=decisions`,
          `/cases/${key}?tab=mail`,
          `/cases/${key}?tab=diagram`,
          `/cases/${key}?tab=values`,
        ]) {
          await opened.page.goto(api.url + path);
          await opened.page.waitForLoadState('networkidle');
          assert.deepEqual(await seriousFindings(opened.page), [], path);
          assert.equal(await opened.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, path);
        }
      });
    }
  }
});

async function seriousFindings(page: Page): Promise<readonly string[]> {
  // `evaluate` runs past the page's CSP, so axe needs no <script> element.
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')))`);
}
