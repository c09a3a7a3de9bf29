import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { becomes } from '../until.ts';
import { openScreen, signIn, type Screen } from './open-screen.ts';

describe('an analyst decides what people do with a form at a step', function () {
  this.timeout(120_000);
  let file: string;
  let test: TestApp;
  let screen: Screen;

  before('build the designer and start the server', async () => {
    file = createSqliteDatabase();
    test = await startApp({ dialect: 'sqlite', filename: file }, { designerFolder: await buildDesigner() });
    screen = await openScreen(test);
  });
  after(async () => {
    await screen.close();
    await test.close();
    dropSqliteDatabase(file);
  });

  const start = async (): Promise<string> =>
    (await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'support-card' })).body
      .processInstanceKey as string;
  const formOf = async (processInstanceKey: string) => {
    await test.settle();
    const { items } = (
      await test.call('analyst', 'POST /v2/user-tasks/search', { filter: { processInstanceKey, state: 'CREATED' } })
    ).body;
    return (await test.call('dispatcher', `GET /api/tasks/${items[0].userTaskKey}`)).body.form;
  };

  it('finds the process and a step on its diagram', async () => {
    const { page } = screen;
    await start();
    await screen.go('/processes');
    await signIn(screen, 'analyst');
    await page.getByRole('link', { name: 'Карточка обращения в поддержку' }).waitFor();
    await screen.check('process-list');
    await page.getByRole('link', { name: 'Карточка обращения в поддержку' }).click();
    await page.getByText('Выберите шаг').waitFor();
    await page.locator('[data-element-id="Register"]').click();
    await page.getByRole('heading', { name: 'Зарегистрировать' }).waitFor();
    const watermark = page.locator('.bjs-powered-by');
    await watermark.click({ trial: true });
    await screen.check('process-step');
  });

  it('ticks fields, takes a tick back, sees the form as people will, and reads in words what changes', async () => {
    const { page } = screen;
    const box = (what: string, label: string) => page.getByRole('checkbox', { name: `${what}: ${label}`, exact: true });
    await box('Обязателен на этом шаге', 'Изделие').check();
    await box('Можно менять', 'Источник').uncheck();
    assert.equal(
      await box('Можно менять', 'Все поля').evaluate((node) => 'indeterminate' in node && node.indeterminate),
      true,
    );
    await box('Виден', 'Оценка').uncheck();
    await page.keyboard.press('Control+z');
    await becomes(() => box('Виден', 'Оценка').isChecked(), true);
    await box('Виден', 'Номер заказа').uncheck();
    await screen.check('process-step-ticked');
    await page.getByText('Показать как на этом шаге').click();
    await page.getByLabel('Изделие').waitFor();
    assert.equal(await page.getByLabel('Номер заказа').count(), 0);
    await screen.check('process-step-preview');
    await page.reload();
    await page.getByText('изменён 1 шаг, черновик на этом устройстве').waitFor();
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    const dialog = page.getByRole('dialog', { name: 'Опубликовать новую версию?' });
    await dialog.getByText('поле «Изделие» теперь обязательно').waitFor();
    await dialog.getByText('поле «Номер заказа» теперь скрыто').waitFor();
    await dialog.getByText('1 идущее дело останется на своей версии').waitFor();
    await dialog.getByText('замечаний не добавила').waitFor();
    await screen.check('process-publish');
  });

  it('publishes: a task of the new version obeys, a case that runs keeps its own', async () => {
    const { page } = screen;
    const running = (await test.call('analyst', 'POST /v2/process-instances/search', {})).body.items[0];
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('Опубликована версия 2').waitFor();
    await page.getByText('версия 2', { exact: true }).waitFor();
    const { binding } = await formOf(await start());
    assert.deepEqual(binding.requiredHere, ['product']);
    assert.deepEqual((await formOf(running.processInstanceKey)).binding ?? {}, {});
  });

  it('is told when a colleague published meanwhile, keeps what was edited, and stops the version', async () => {
    const { page } = screen;
    await page.getByRole('checkbox', { name: 'Обязателен на этом шаге: Автор', exact: true }).check();
    const { processDefinitionKey } = (await test.call('analyst', 'GET /api/processes/support-card')).body;
    const theirs = { formId: 'support-register', bindingType: 'latest', binding: { requiredHere: ['rating'] } };
    await test.call('admin', 'POST /api/processes/support-card/publication', {
      processDefinitionKey,
      steps: [{ elementId: 'Register', form: theirs }],
    });
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('Пока вы правили, опубликовали версию 3').waitFor();
    await screen.check('process-conflict');
    await page.getByRole('button', { name: 'Взять из версии 3' }).click();
    await page.getByRole('button', { name: 'Понятно' }).click();
    await becomes(() => page.getByRole('button', { name: 'Опубликовать' }).isDisabled(), true);

    await page.getByRole('button', { name: 'Ещё' }).click();
    await page.getByRole('menuitem', { name: 'Версии и остановка' }).click();
    await page.getByRole('dialog', { name: 'Версии процесса' }).waitFor();
    await screen.check('process-versions');
    await page.getByRole('button', { name: 'Приостановить' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Приостановить версию 3?' });
    await dialog.waitFor();
    await screen.check('process-suspend');
    await dialog.getByRole('button', { name: 'Приостановить' }).click();
    await page.getByText('Новые дела по ней не начинаются.').waitFor();
    await screen.check('process-suspended');
    const refused = await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'support-card' });
    assert.equal(refused.status, 409);
    await page.getByRole('button', { name: 'Возобновить' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Возобновить' }).click();
    await page.getByText('Новые дела по ней не начинаются.').waitFor({ state: 'detached' });
    await start();
  });

  it('copies what another step with the same form does, and takes it all back', async () => {
    const { page } = screen;
    await screen.go('/processes/claim-intake?step=Classify');
    await page.getByRole('button', { name: 'Взять с другого шага' }).click();
    await page.getByRole('menuitem', { name: 'Классифицировать за диспетчера' }).click();
    await page.getByText('изменён 1 шаг, черновик на этом устройстве').waitFor();
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('dialog').getByText('теперь обязательно').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Отмена' }).last().click();
    await page.getByRole('button', { name: 'Ещё' }).click();
    await page.getByRole('menuitem', { name: 'Отказаться от правок' }).click();
    await page.getByText('черновик на этом устройстве').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Отменить' }).click();
    await page.getByText('изменён 1 шаг, черновик на этом устройстве').waitFor();
    // A second tab shows the same draft; what is done there stands here at once, and the other way round.
    const second = await screen.context.newPage();
    await second.goto(page.url());
    await second.getByText('изменён 1 шаг, черновик на этом устройстве').waitFor();
    await second.getByRole('button', { name: 'Ещё' }).click();
    await second.getByRole('menuitem', { name: 'Отказаться от правок' }).click();
    await page.getByText('черновик на этом устройстве').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Отменить' }).click();
    await second.getByText('изменён 1 шаг, черновик на этом устройстве').waitFor();
    await second.close();
    await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  });

  it('publishes a file from an editor: what refuses it is shown at its element, the mended one becomes the next version', async () => {
    const { page } = screen;
    const model = readFileSync('processes/claim-intake/claim.bpmn', 'utf8');
    const choose = (...texts: readonly string[]) =>
      page
        .locator('input[type=file]')
        .setInputFiles(
          texts.map((text) => ({ name: 'claim.bpmn', mimeType: 'application/xml', buffer: Buffer.from(text) })),
        );
    await screen.go('/processes');
    await page.getByRole('link', { name: 'Опубликовать файлы' }).click();
    await page.getByText('Перетащите сюда модели').waitFor();
    await screen.check('publish-empty');
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('x') }]);
    await page.getByText('Файл photo.png здесь не публикуют').waitFor();
    await choose(model.replace('formId="claim-close"', 'formId="claim-gone"'));
    const finding = page.getByRole('button', { name: /claim-gone/ });
    await finding.click();
    await page.locator('.djs-element[class*=error]').first().waitFor();
    await becomes(() => page.getByRole('button', { name: 'Опубликовать' }).isDisabled(), true);
    await screen.check('publish-findings');
    await choose(model.replace('<bpmn:documentation>', '<bpmn:documentation>2. '));
    await finding.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('heading', { name: 'Опубликовано' }).waitFor();
    await screen.check('publish-done');
    await page.getByRole('link', { name: 'claim', exact: true }).click();
    await page.getByText('версия 2', { exact: true }).waitFor();
  });

  it('shuts the form that clients open by a link, reads so before publishing, and is offered the link again', async () => {
    const { page } = screen;
    const status = async () => (await test.call(null, 'GET /api/public/starts/repair-request')).status;
    await screen.go('/processes/repair-request?step=Requested');
    const anyone = page.getByRole('checkbox', { name: 'Все, у кого есть ссылка' });
    assert.equal(
      await page.getByRole('link', { name: /start\/repair-request/ }).textContent(),
      `${test.url}/start/repair-request`,
    );
    await page.getByRole('button', { name: 'Копировать' }).click();
    await page.getByRole('button', { name: 'Скопировано' }).waitFor();
    await screen.check('process-open-start');
    await anyone.uncheck();
    await page.getByRole('link', { name: /start\/repair-request/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('dialog').getByText('начать дело могут подрядчики').waitFor();
    assert.equal(await status(), 200);
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('версия 2', { exact: true }).waitFor();
    assert.equal(await status(), 404);
    await anyone.check();
    await page.getByText('Ссылка заработает, когда вы опубликуете процесс.').waitFor();
  });

  it('finds in the form designer what the process knows, puts it on the form, and sees the form as at that step', async () => {
    const { page } = screen;
    await screen.go('/forms/support-answer');
    await page.getByText(/^Данные процесса · \d+$/).click();
    const variable = page.locator('[data-variable="format"]');
    await variable.getByText('из формы «Зарегистрировать»').waitFor();
    await screen.check('form-process-data');
    const from = (await variable.boundingBox())!;
    await page.mouse.move(from.x + 40, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 20, { steps: 3 });
    await page.locator('[class*=held]').waitFor();
    const canvas = (await page.locator('[data-canvas]').boundingBox())!;
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2, { steps: 8 });
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2 + 6, { steps: 3 });
    await page.locator('[data-shape][data-over]').waitFor({ state: 'attached' });
    await page.mouse.up();
    await variable.waitFor({ state: 'detached' });
    // A condition without code speaks of what the form does not show, too.
    const inspector = page.getByRole('complementary', { name: 'Свойства' });
    await inspector.getByRole('button', { name: 'Добавить правило' }).click();
    await page.getByRole('menuitem', { name: 'Закрыто для правки, если' }).click();
    await inspector.getByRole('button', { name: 'Добавить условие' }).click();
    const line = inspector.getByRole('group', { name: 'Условие 1' });
    await line.getByLabel('Поле').first().click();
    await page
      .getByRole('group', { name: 'Данные процесса' })
      .getByRole('option', { name: /^Оценка число/ })
      .waitFor();
    await screen.picture('form-condition-process-data');
    await page.getByRole('option', { name: /^Оценка число, из формы «Зарегистрировать»/ }).click();
    await line.getByLabel('Значение').first().fill('3');
    await inspector.getByText(/Закрыто для правки, если\s+Оценка = 3/).waitFor();
    await screen.check('form-condition-process-data-said');
    await page.getByRole('tab', { name: 'Просмотр' }).click();
    await page.getByRole('combobox', { name: 'Что это' }).waitFor();
    await page.getByPlaceholder('Как на шаге…').click();
    await page.getByRole('option', { name: 'Ответить — Карточка обращения в поддержку' }).click();
    await screen.check('form-preview-as-step');
    await page.getByText(/^Сохранено /).waitFor();
    const { definition } = (await test.call('analyst', 'GET /api/forms/support-answer')).body;
    const { 'x-id': id, ...schema } = definition.data.properties.format;
    assert.equal(typeof id, 'string');
    assert.deepEqual(schema, {
      type: 'string',
      'x-readonly': 'rating = 3',
      enum: ['consultation', 'malfunction', 'praise', 'complaint', 'other'],
    });
  });

  it('works on a phone: the same three parts, one at a time', async () => {
    const phone = await openScreen(test, 'phone');
    await phone.go('/processes');
    await signIn(phone, 'analyst');
    await phone.page.getByRole('link', { name: 'Карточка обращения в поддержку' }).waitFor();
    await phone.check('process-list');
    await phone.page.getByRole('link', { name: 'Карточка обращения в поддержку' }).click();
    await phone.page.getByRole('button', { name: /^Зарегистрировать/ }).waitFor();
    await phone.check('process-steps');
    await phone.page.getByRole('button', { name: 'Схема' }).click();
    await phone.page.locator('.bjs-powered-by').click({ trial: true });
    await phone.check('process-diagram');
    await phone.page.getByRole('button', { name: 'Шаги', exact: true }).click();
    await phone.page.getByRole('button', { name: /^Зарегистрировать/ }).click();
    await phone.page.getByRole('table').waitFor();
    await phone.check('process-step');
    await phone.page.getByText('Показать как на этом шаге').click();
    await phone.page.getByLabel('Изделие').waitFor();
    await phone.check('process-step-preview');
    await phone.go('/publish');
    await phone.check('publish-empty');
    const broken = readFileSync('processes/claim-intake/claim.bpmn', 'utf8').replace('claim-close"', 'claim-gone"');
    await phone.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'claim.bpmn', mimeType: 'application/xml', buffer: Buffer.from(broken) });
    await phone.page.getByRole('button', { name: /claim-gone/ }).waitFor();
    await phone.check('publish-findings');
    await phone.page.getByRole('button', { name: /claim-gone/ }).click();
    await phone.page.locator('.djs-element[class*=error]').first().waitFor();
    await phone.check('publish-diagram');
    await phone.go('/processes/repair-request?step=Requested');
    await phone.page.getByRole('button', { name: 'Форма шага' }).click();
    await phone.page.getByRole('checkbox', { name: 'Все, у кого есть ссылка' }).check();
    await phone.check('process-open-start');
    await phone.go('/forms/support-answer');
    await phone.page.getByRole('tab', { name: 'Просмотр' }).click();
    await phone.page.getByPlaceholder('Как на шаге…').click();
    await phone.page.getByRole('option', { name: 'Ответить — Карточка обращения в поддержку' }).click();
    await phone.check('form-preview-as-step');
    await phone.close();
  });
});
