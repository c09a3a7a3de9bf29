import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { buildDesigner } from '../../../designer/test/build-designer.ts';
import { drawPhoto } from '../../../designer/test/draw-photo.ts';
import { startApp, type TestApp } from '../../http/test/start-app.ts';
import { readPackRows } from '../../packs/read-pack.ts';
import { createSqliteDatabase, dropSqliteDatabase } from '../sqlite-database.ts';
import { becomes, until } from '../until.ts';
import { formOf } from './fill-form.ts';
import { openScreen, signIn, type Screen } from './open-screen.ts';

/** «Заявка на ремонт» of `domain.md` §2.3, step 1, by what a person takes from the palette and what they call it: by mouse, */
const BY_MOUSE = [
  ['serial', 'Серийный номер', true],
  ['date', 'Дата продажи', true],
  ['photo', 'Фото шильдика', true],
] as const;
/** by keyboard behind the last one, */
const BY_KEYBOARD = [
  ['text', 'Партия', false],
  ['text', 'Продавец', false],
  ['date', 'Дата установки', false],
  ['files', 'Документы установщика', false],
  ['photo', 'Гарантийный талон', true],
  ['photo', 'Чек', false],
  ['decimal', 'Расстояние, км', false],
] as const;
/** and from a file that another analyst sent. */
const OWNER = {
  $schema: 'form-fragment/1',
  title: 'Владелец',
  layout: [
    {
      type: 'Group',
      i18n: 'section.s1',
      elements: ['ownerFio', 'ownerPhone', 'address', 'description'].map((name) => ({
        type: 'Control',
        scope: `#/properties/${name}`,
        ...(name === 'description' && { options: { widget: 'textarea' } }),
      })),
    },
  ],
  properties: {
    ownerFio: { type: 'string' },
    ownerPhone: { type: 'string', format: 'phone' },
    address: { type: 'string', format: 'address' },
    description: { type: 'string' },
  },
  required: ['ownerFio', 'ownerPhone', 'address', 'description'],
  i18n: {
    ru: {
      'section.s1.label': 'Владелец',
      'ownerFio.label': 'ФИО владельца',
      'ownerPhone.label': 'Телефон владельца',
      'address.label': 'Адрес',
      'description.label': 'Описание',
    },
    en: {},
  },
};

const PROCESS = (formId: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="x">
  <process id="repair-${formId}" name="Гарантийный ремонт" isExecutable="true">
    <startEvent id="Start" /><sequenceFlow id="A" sourceRef="Start" targetRef="Request" />
    <userTask id="Request" name="Заявка на ремонт">
      <extensionElements>
        <zeebe:userTask /><zeebe:formDefinition formId="${formId}" /><zeebe:assignmentDefinition candidateGroups="dispatchers" />
      </extensionElements>
    </userTask>
    <sequenceFlow id="B" sourceRef="Request" targetRef="End" /><endEvent id="End" />
  </process>
</definitions>`;

const PARTS = {
  $schema: 'form/1',
  key: 'raskhod',
  title: { ru: 'Расход деталей' },
  data: {
    type: 'object',
    properties: {
      group: { type: 'string', enum: ['water', 'pump'] },
      comment: { type: 'string' },
      parts: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            product: { type: 'string', 'x-source': { catalog: 'products', filter: 'group = form.group' } },
            price: { type: 'integer', format: 'money' },
          },
        },
      },
    },
  },
  layout: {
    type: 'VerticalLayout',
    elements: [
      {
        type: 'Categorization',
        elements: [
          {
            type: 'Category',
            i18n: 'step.s1',
            elements: [
              { type: 'Control', scope: '#/properties/group', options: { widget: 'radio' } },
              { type: 'Control', scope: '#/properties/parts' },
            ],
          },
          {
            type: 'Category',
            i18n: 'step.s2',
            elements: [{ type: 'Control', scope: '#/properties/comment' }],
          },
        ],
      },
    ],
  },
  i18n: {
    ru: {
      'step.s1.label': 'Что потрачено',
      'step.s2.label': 'Прочее',
      'comment.label': 'Комментарий',
      'group.label': 'Группа',
      'group.options.water': 'Водонагреватели',
      'group.options.pump': 'Насосы',
      'parts.label': 'Детали',
      'parts.product.label': 'Изделие',
      'parts.price.label': 'Цена',
    },
    en: {},
  },
};

describe('the form designer', function () {
  this.timeout(180_000);
  let file: string;
  let test: TestApp;

  before('build the designer and start the server', async () => {
    file = createSqliteDatabase();
    test = await startApp({ dialect: 'sqlite', filename: file }, { designerFolder: await buildDesigner() });
    await test.app.loadDemoRows(await readPackRows('service-base'));
  });
  after(async () => {
    await test.close();
    dropSqliteDatabase(file);
  });

  it('a form is built by mouse, published, and filled on a phone with a photo; the data are in the case', async () => {
    const screen = await openScreen(test);
    const { page } = screen;
    await screen.go('/forms');
    await signIn(screen, 'analyst');
    await page.getByRole('link', { name: 'Проверить комплект' }).waitFor();
    await screen.check('forms');
    const formId = await createForm(screen, 'Заявка на ремонт');
    await screen.check('form-empty');

    await dragItem(page, 'Group', 'end');
    await page.keyboard.type('Изделие и поломка');
    await dragItem(page, 'reference', 'Изделие и поломка');
    await name(page, 'Изделие', true);
    await choose(page, 'Справочник', 'Изделия');
    for (const [item, label, required] of BY_MOUSE) {
      await dragItem(page, item, 'Изделие и поломка');
      await name(page, label, required);
    }
    await dragItem(page, 'radio', 'Изделие и поломка');
    await name(page, 'Где ремонтировать', true);
    await options(page, ['Мастерская', 'У клиента']);
    for (const [item, label, required] of BY_KEYBOARD) {
      await page.locator(`[data-item="${item}"]`).press('Enter');
      await labelSelected(page);
      await name(page, label, required);
    }
    await page.locator('[data-item="reference"]').press('Enter');
    await labelSelected(page);
    await name(page, 'Неисправность', true);
    await choose(page, 'Справочник', 'Коды дефектов');
    await inspectorOf(page).getByRole('button', { name: 'Добавить отбор' }).click();
    const line = inspectorOf(page).getByRole('group', { name: 'Отбор 1' });
    await choose(page, 'Поле справочника', 'Вид', line);
    await choose(page, 'Поле формы или значение', 'значение…', line);
    await line.getByRole('textbox', { name: 'Значение', exact: true }).fill('symptom');
    // A piece of a form comes from a file, is kept for everybody, and goes in with one press; undo takes it out whole.
    await page
      .getByRole('region', { name: 'Заготовки' })
      .locator('input[type=file]')
      .setInputFiles({
        name: 'owner.fragment.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(OWNER)),
      });
    await page.getByRole('heading', { name: 'Заявка на ремонт', level: 2 }).click();
    await page.locator('[data-fragment]').filter({ hasText: 'Владелец' }).press('Enter');
    await handle(page, 'Описание').waitFor();
    await page.keyboard.press('Control+z');
    await handle(page, 'Описание').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    // Two fields side by side: one dragged beside the other after both are wrapped in columns.
    await handle(page, 'Изделие').click();
    await handle(page, 'Серийный номер').click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Действия: Поле «Серийный номер»' }).click();
    await page.getByRole('menuitem', { name: 'Собрать в колонки' }).click();
    await page.getByText(/Сохранено/).waitFor();
    await screen.check('form-canvas');

    await becomes(() => page.locator('[data-type="HorizontalLayout"] [data-node]').count(), 2);
    // Every field, two sections, a row of columns.
    await becomes(async () => (await labels(page)).length, 17 + 3);
    await page.getByRole('button', { name: /замечан/i }).click();
    await screen.picture('form-problems');
    await page.keyboard.press('Escape');
    for (const view of ['Данные', 'Логика', 'Тексты', 'Изменения', 'JSON', 'Просмотр']) {
      await page.getByRole('tab', { name: view }).click();
      if (view === 'Просмотр') await page.locator('#form-preview').waitFor();
      await screen.check(`form-view-${view}`);
    }
    await page.getByRole('button', { name: 'Проверить как сервер' }).click();
    await page.getByText(/Сервер нашёл ошибки/).waitFor();
    await page.getByText('Телефон', { exact: true }).click();
    await screen.check('form-preview-checked');

    await page.getByRole('button', { name: 'Опубликовать' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Что изменилось').fill('Первая версия заявки');
    await screen.check('form-publish');
    await dialog.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('Опубликована версия 1').waitFor();
    await screen.close();

    const { caseKey, values } = await fillOnPhone(test, formId);
    assert.deepEqual(
      ['izdelie', 'seriynyyNomer', 'neispravnost', 'gdeRemontirovat', 'rasstoyanieKm', 'ownerPhone', 'address'].map(
        (one) => values[one],
      ),
      ['ВН-100', 'AB-123456', 'S01', 'masterskaya', 12.5, '+79123456789', 'Казань, Баумана, 1'],
    );
    const photos = values['fotoShildika'] as readonly { readonly name: string }[];
    assert.deepEqual(
      photos.map((photo) => photo.name),
      ['plate.png'],
    );
    assert.ok(caseKey);
  });

  it('the same essential fields are built without a mouse, and every step is announced', async () => {
    const screen = await openScreen(test);
    const { page } = screen;
    await screen.go('/forms');
    await signIn(screen, 'analyst');
    await page.getByRole('button', { name: 'Новая форма' }).focus();
    await page.keyboard.press('Enter');
    await focused(page.getByLabel('Название'));
    await page.keyboard.type('Ремонт с клавиатуры');
    // The key follows the name.
    await page.locator('input[value="remont-s-klaviatury"]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/forms\/remont-s-klaviatury$/);
    const heard = page.locator('[data-drag-words]');

    // Space picks a field up, arrows choose the place, Space drops it; its label is typed at once.
    await page.locator('[data-item="text"]').focus();
    await page.keyboard.press('Space');
    await waitForText(heard, /Взято: Текст/);
    await page.keyboard.press('ArrowDown');
    await waitForText(heard, /Место 1 из 1, в форме/);
    await page.keyboard.press('Space');
    await waitForText(heard, /Поставлено: Текст. Место 1 из 1, в форме/);
    await page.keyboard.type('Изделие');
    // Enter adds after what is selected.
    await page.locator('[data-item="serial"]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Серийный номер');
    await page.locator('[data-item="photo"]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Фото шильдика');
    await becomes(() => labels(page), ['Изделие', 'Серийный номер', 'Фото шильдика']);

    // The photo goes to the top by dragging with the keyboard, then back down by its shortcut.
    await handle(page, 'Фото шильдика').focus();
    await page.keyboard.press('Space');
    await waitForText(heard, /Взято: Поле «Фото шильдика»/);
    await page.keyboard.press('ArrowUp');
    await waitForText(heard, /Место 2 из 3, в форме/);
    await page.keyboard.press('ArrowUp');
    await waitForText(heard, /Место 1 из 3, в форме/);
    await page.keyboard.press('Space');
    await becomes(() => labels(page), ['Фото шильдика', 'Изделие', 'Серийный номер']);
    await handle(page, 'Фото шильдика').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await becomes(() => labels(page), ['Изделие', 'Фото шильдика', 'Серийный номер']);

    // Deleting sends it to the tray; undo brings it back.
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Вернуть на форму: Фото шильдика' }).waitFor();
    await page.keyboard.press('Control+z');
    await becomes(() => labels(page), ['Изделие', 'Фото шильдика', 'Серийный номер']);
    await page.keyboard.press('Control+Shift+z');
    await becomes(() => labels(page), ['Изделие', 'Серийный номер']);
    await screen.check('form-by-keyboard');
    await page.keyboard.press('Control+z');

    await page.getByRole('button', { name: 'Опубликовать' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Что изменилось').waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).press('Enter');
    await page.getByText('Опубликована версия 1').waitFor();
    const published = await test.call('analyst', 'GET /api/forms/remont-s-klaviatury');
    assert.deepEqual(Object.keys(published.body.published.definition.data.properties), [
      'izdelie',
      'seriynyyNomer',
      'fotoShildika',
    ]);
    await screen.close();
  });

  it('a condition is put together from what the form asks, and stands in words', async () => {
    const screen = await openScreen(test);
    const { page } = screen;
    await screen.go('/forms/claim-classify');
    await signIn(screen, 'analyst');
    await handle(page, 'Номер заказа').click();
    const inspector = page.getByRole('complementary', { name: 'Свойства' });
    await inspector.getByRole('button', { name: 'Добавить правило' }).click();
    await page.getByRole('menuitem', { name: 'Показывать, если' }).click();
    await inspector.getByText('Без условия').first().waitFor();
    await inspector.getByRole('button', { name: 'Добавить условие' }).click();
    const line = inspector.getByRole('group', { name: 'Условие 1' }).first();
    await line
      .getByRole('combobox', { name: 'Поле' })
      .or(line.getByRole('textbox', { name: 'Поле' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Тема' }).click();
    await line
      .getByRole('combobox', { name: 'Значение' })
      .or(line.getByRole('textbox', { name: 'Значение' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Недовоз' }).click();
    await inspector.getByText(/Показывать, если\s+Тема = Недовоз/).waitFor();
    await screen.check('form-condition');
    await page.getByRole('tab', { name: 'Логика' }).click();
    await page.getByText('Тема = Недовоз').first().waitFor();
    await screen.check('form-logic');
    await screen.close();
  });

  it('a piece of the form is kept as a fragment, renamed, thrown away and brought back', async () => {
    const screen = await openScreen(test);
    const { page } = screen;
    await screen.go('/forms/claim-classify');
    await signIn(screen, 'analyst');
    await handle(page, 'Номер заказа').click();
    await page.getByRole('button', { name: 'Действия: Поле «Номер заказа»' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Сохранить как заготовку…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Заготовка' });
    await dialog.getByLabel('Название').fill('Заказ клиента');
    await screen.check('form-fragment');
    await page.keyboard.press('Enter');
    const kept = page.getByRole('button', { name: 'Добавить: Заказ клиента' });
    await kept.waitFor();
    const act = async (title: string, what: string): Promise<void> => {
      await page.getByRole('button', { name: `Действия: ${title}`, exact: true }).click();
      await page.getByRole('menuitem', { name: what }).click();
    };
    await act('Заказ клиента', 'Переименовать');
    await dialog.getByLabel('Название').fill('Заказ');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Добавить: Заказ', exact: true }).waitFor();
    await act('Заказ', 'Удалить');
    await page.getByText('Заготовка удалена: Заказ').waitFor();
    // The neighbour has the focus now, or the way to get a fragment.
    await page.getByRole('region', { name: 'Заготовки' }).locator('button:focus').waitFor();
    assert.equal(await page.locator('[data-fragment]').filter({ hasText: 'Заказ' }).count(), 0);
    await page.getByRole('alert').getByRole('button', { name: 'Отменить' }).click();
    await page.getByRole('button', { name: 'Добавить: Заказ', exact: true }).waitFor();
    await screen.picture('form-fragments');
    // The one that is shipped: everything about a counterparty, sound as it stands.
    await page.getByRole('button', { name: 'Добавить: Реквизиты контрагента' }).press('Enter');
    await handle(page, 'Расчётный счёт').waitFor();
    await page.getByText('Замечаний нет').waitFor();
    await screen.check('form-fragment-shipped');
    const { items } = (await test.call('analyst', 'GET /api/form-fragments')).body;
    const one = items.find((item: { title: string }) => item.title === 'Заказ');
    assert.deepEqual([one.content.$schema, one.content.layout.length], ['form-fragment/1', 1]);
    await screen.close();
  });

  it('a table gets columns that look up in registers and in one another, by mouse and by keyboard', async () => {
    const screen = await openScreen(test);
    const { page } = screen;
    await test.call('analyst', 'PUT /api/forms/raskhod/draft', { revision: 0, definition: PARTS });
    await screen.go('/forms/raskhod');
    await signIn(screen, 'analyst');
    const inspector = inspectorOf(page);
    const column = (label: string) => page.locator('[data-column]').filter({ hasText: label });

    // Dropped between the columns with the mouse, its heading is typed at once.
    await column('Изделие').waitFor();
    await dragInto(page, 'reference', column('Изделие'));
    await page.keyboard.type('Деталь');
    await choose(page, 'Справочник', 'Запчасти');
    await choose(page, 'Что показывать', 'Название');
    for (const [number, register, ours] of [
      [1, 'Группа изделий', 'Группа'],
      [2, 'Только для изделия', 'Изделие'],
    ] as const) {
      await inspector.getByRole('button', { name: 'Добавить отбор' }).click();
      const line = inspector.getByRole('group', { name: `Отбор ${number}` });
      await choose(page, 'Поле справочника', register, line);
      await choose(page, 'Поле формы или значение', ours, line);
    }
    await inspector.getByRole('button', { name: 'Добавить заполнение' }).click();
    const filling = inspector.getByRole('group', { name: 'Заполнение 1' });
    await choose(page, 'Поле формы', 'Цена', filling);
    await choose(page, 'Поле справочника', 'Цена', filling);
    // Money is typed in roubles here too, and stands in the filter as kopecks.
    await inspector.getByRole('button', { name: 'Добавить отбор' }).click();
    const third = inspector.getByRole('group', { name: 'Отбор 3' });
    await choose(page, 'Поле справочника', 'Цена', third);
    await choose(page, 'Поле формы или значение', 'значение…', third);
    const amount = third.getByRole('textbox', { name: 'Значение', exact: true });
    await amount.fill('1500,5');
    await amount.blur();
    assert.equal(await amount.inputValue(), '1\u00a0500,50');
    await screen.check('form-column-lookup');
    await inspector.getByText('FEEL', { exact: true }).first().click();
    await inspector.getByText(/price = 150050/).waitFor();
    await inspector.getByText('Строками', { exact: true }).first().click();
    await third.getByRole('button', { name: 'Убрать отбор 3' }).click();

    // By keyboard: a field of the palette stands behind the chosen column; the arrows move it.
    await page.locator('[data-item="integer"]').press('Enter');
    await page.keyboard.type('Кол-во');
    await inspector.getByRole('switch', { name: 'Обязательное' }).press('Space');
    await column('Кол-во').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await becomes(() => columnsOn(page), ['Изделие', 'Деталь', 'Цена', 'Кол-во']);
    await page.keyboard.press('Space');
    await waitForText(page.locator('[data-drag-words]'), /Взято: Колонка «Кол-во»/);
    await page.keyboard.press('ArrowLeft');
    await waitForText(page.locator('[data-drag-words]'), /Место 3 из 4, в таблице «Детали»/);
    await page.keyboard.press('Space');
    await becomes(() => columnsOn(page), ['Изделие', 'Деталь', 'Кол-во', 'Цена']);
    await column('Цена').click();
    await inspector.getByRole('button', { name: 'Добавить правило' }).click();
    await page.getByRole('menuitem', { name: 'Закрыто для правки, если' }).click();
    await inspector.getByRole('button', { name: 'Добавить условие' }).click();
    const line = inspector.getByRole('group', { name: 'Условие 1' }).first();
    await choose(page, 'Поле', 'Кол-во число', line);
    await line.getByRole('textbox', { name: 'Значение' }).first().fill('9');
    await screen.picture('form-column');
    await handle(page, 'Детали').click();
    await screen.check('form-table');
    // A column that goes leaves the focus to its neighbour, whether it goes from the list or from its own properties.
    await inspector.getByRole('button', { name: 'Убрать колонку «Цена»' }).press('Enter');
    await focused(inspector.getByRole('button', { name: /^Кол-во/ }));
    await page.keyboard.press('Enter');
    await inspector.getByRole('button', { name: 'Убрать колонку', exact: true }).press('Enter');
    await focused(inspector.getByRole('button', { name: /^Деталь/ }));
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await becomes(() => columnsOn(page), ['Изделие', 'Деталь', 'Кол-во', 'Цена']);

    // One tab is shown at a time; the arrows go from tab to tab.
    assert.equal(await handle(page, 'Комментарий').count(), 0);
    await page.getByRole('tab', { name: 'Что потрачено' }).press('ArrowRight');
    await handle(page, 'Комментарий').waitFor();
    assert.equal(await page.locator('[data-column]').count(), 0);
    await screen.check('form-tabs');

    // A cell of the row and a field of the form decide what may be chosen; what no longer fits is taken back.
    await page.getByRole('tab', { name: 'Просмотр' }).click();
    const preview = page.locator('#form-preview');
    await preview.getByRole('radio', { name: 'Водонагреватели' }).check();
    await preview.getByRole('button', { name: 'Добавить строку' }).click();
    const cell = (label: string) => preview.getByRole('button', { name: new RegExp(`^${label}, строка 1`) });
    const pick = async (label: string, option: string): Promise<number> => {
      await cell(label).click();
      const popup = page.getByRole('dialog');
      await popup.getByRole('textbox').or(popup.getByRole('combobox')).first().click();
      await page.getByRole('option', { name: option }).waitFor();
      const offered = await page.getByRole('option').count();
      await page.getByRole('option', { name: option }).click();
      await page.keyboard.press('Escape');
      await cell(label).filter({ hasText: option }).waitFor();
      return offered;
    };
    await pick('Изделие', 'Водонагреватель «Исток» 30 л');
    assert.equal(await pick('Деталь', 'ТЭН 1,5 кВт'), 1, 'only what fits this product');
    assert.equal(await preview.getByRole('textbox', { name: 'Цена, строка 1' }).inputValue(), '3\u00a0465,00');
    await screen.picture('form-cascade');
    await pick('Изделие', 'Водонагреватель «Исток» 50 л');
    await cell('Деталь').filter({ hasNotText: 'ТЭН' }).waitFor();
    // On a phone the row is a closed card, which names what was chosen and notices the same.
    await page.setViewportSize({ width: 390, height: 844 });
    const card = preview.locator('ol > li');
    await card.filter({ hasText: 'Водонагреватель «Исток» 50 л · 3' }).waitFor();
    await preview.getByRole('radio', { name: 'Насосы' }).check();
    await card.filter({ hasNotText: 'Исток' }).waitFor();
    await screen.close();
  });

  it('tells who saved in between, and the choice can be undone', async () => {
    const screen = await openScreen(test);
    const { page } = screen;
    await screen.go('/forms/claim-classify');
    await signIn(screen, 'analyst');
    await page.getByRole('textbox', { name: 'Название формы' }).fill('Моё название');
    await page.getByText('Сохранено только что').waitFor();
    const theirs = (await test.call('analyst', 'GET /api/forms/claim-classify')).body;
    await test.app.users.addUser({
      username: 'vera',
      name: 'Вера Вторая',
      password: 'correct horse battery',
      groups: [],
      roles: ['analyst'],
    });
    const as = { authorization: `Basic ${Buffer.from('vera:correct horse battery').toString('base64')}` };
    const definition = { ...theirs.definition, title: { ru: 'Её название' } };
    await test.call(null, 'PUT /api/forms/claim-classify/draft', { revision: theirs.revision, definition }, as);
    await page.getByRole('textbox', { name: 'Название формы' }).fill('Моё второе название');
    await page.getByText('Форму сохранил другой человек: Вера Вторая').waitFor();
    await screen.check('form-conflict');
    await page.getByRole('button', { name: 'Взять их версию' }).click();
    await page.getByRole('heading', { name: 'Её название', level: 1 }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { name: 'Моё второе название', level: 1 }).waitFor();
    await screen.close();
  });

  it('can be used on a phone', async () => {
    const screen = await openScreen(test, 'phone');
    const { page } = screen;
    await screen.go('/forms');
    await signIn(screen, 'analyst');
    await page.getByRole('link', { name: 'Проверить комплект' }).waitFor();
    await screen.check('forms');
    await screen.go('/forms/claim-check-set');
    await page.locator('[data-canvas]').waitFor();
    await screen.check('form-canvas');
    await page.getByRole('button', { name: 'Добавить', exact: true }).tap();
    await screen.check('form-palette');
    await page.locator('[data-item="email"]').tap();
    await page.getByRole('button', { name: 'Свойства', exact: true }).tap();
    await screen.check('form-inspector');
    await page.getByRole('tab', { name: 'Тексты' }).tap();
    await screen.check('form-texts');
    await screen.close();
  });
});

function handle(page: Page, label: string) {
  return page.getByRole('button', { name: `Поле «${label}»: выбрать или переместить` });
}

/** Labels of the fields on the canvas, from top to bottom. */
async function labels(page: Page): Promise<readonly string[]> {
  const names = await page
    .locator('[data-node] [data-handle]')
    .evaluateAll((buttons) => buttons.map((one) => one.getAttribute('aria-label') ?? ''));
  return names.map((text) => /«(.*)»/.exec(text)?.[1] ?? text);
}

/** Waits until the person may type there. */
async function focused(where: ReturnType<Page['locator']>): Promise<void> {
  await where.waitFor();
  await until('the focus is there', () => where.evaluate((element) => element === element.ownerDocument.activeElement));
}

async function waitForText(where: ReturnType<Page['locator']>, text: RegExp): Promise<void> {
  await where.filter({ hasText: text }).waitFor({ state: 'attached' });
}

/** Headings of the table on the canvas, from left to right. */
async function columnsOn(page: Page): Promise<readonly string[]> {
  const titles = await page.locator('[data-column] > :first-child').allTextContents();
  return titles.map((title) => title.replace(' *', ''));
}

/** Drags a palette item with the mouse to the right edge of something on the canvas. */
async function dragInto(page: Page, item: string, target: Locator): Promise<void> {
  await page.locator(`[data-item="${item}"]`).scrollIntoViewIfNeeded();
  const from = (await page.locator(`[data-item="${item}"]`).boundingBox())!;
  const to = (await target.boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 6, { steps: 3 });
  await page.locator('[class*=held]').waitFor();
  await page.mouse.move(to.x + to.width + 2, to.y + to.height / 2, { steps: 8 });
  await page.locator('[data-shape="upright"][data-over]').waitFor({ state: 'attached' });
  await page.mouse.up();
  await labelSelected(page);
}

async function createForm({ page }: Screen, title: string): Promise<string> {
  await page.getByRole('button', { name: 'Новая форма' }).click();
  await page.getByLabel('Название').fill(title);
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.waitForURL(/\/forms\/[\w-]+$/);
  await page.locator('[data-canvas]').waitFor();
  return page.url().split('/').at(-1)!;
}

/** Drags a palette item with the mouse to the end of the form, or of the section with this title. */
async function dragItem(page: Page, item: string, to: string): Promise<void> {
  await page.locator(`[data-item="${item}"]`).scrollIntoViewIfNeeded();
  const from = (await page.locator(`[data-item="${item}"]`).boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 6, { steps: 3 });
  const target =
    to === 'end'
      ? page.locator('[data-canvas]')
      : page
          .locator('section')
          .filter({ has: page.getByRole('heading', { name: to, level: 2 }) })
          .last();
  await target.scrollIntoViewIfNeeded();
  const box = (await target.boundingBox())!;
  await page.locator('[class*=held]').waitFor();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3, { steps: 8 });
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + (to === 'end' ? 8 : 0), { steps: 3 });
  await page.locator('[data-shape][data-over]').waitFor({ state: 'attached' });
  await page.mouse.up();
  await labelSelected(page);
}

/** The label of what was put there is selected, so that typing names it. (waitForFunction needs eval, which the page forbids.) */
async function labelSelected(page: Page): Promise<void> {
  const selected = `(() => {
    const { tagName, value = '', selectionStart, selectionEnd } = document.activeElement ?? {};
    return tagName === 'INPUT' && value !== '' && selectionStart === 0 && selectionEnd === value.length;
  })()`;
  await until('the label of what was put there is selected', () => page.evaluate<boolean>(selected));
}

async function name(page: Page, label: string, required: boolean): Promise<void> {
  await page.keyboard.type(label);
  if (required) await page.getByRole('switch', { name: 'Обязательное' }).check({ force: true });
}

function inspectorOf(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Свойства' });
}

/** One of a list that opens, in the inspector or a part of it. */
async function choose(page: Page, label: string, option: string, where = inspectorOf(page)): Promise<void> {
  await where
    .getByRole('combobox', { name: label })
    .or(where.getByRole('textbox', { name: label }))
    .first()
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function options(page: Page, texts: readonly string[]): Promise<void> {
  await page.getByRole('textbox', { name: 'Вариант 1', exact: true }).fill(texts[0]!);
  for (const [index, text] of texts.slice(1).entries()) {
    await page.getByRole('button', { name: 'Добавить вариант' }).click();
    await page.getByRole('textbox', { name: `Вариант ${index + 2}`, exact: true }).fill(text);
  }
}

async function fillOnPhone(test: TestApp, formId: string) {
  await test.app.deployments.deploy({ resources: [{ name: 'repair.bpmn', content: PROCESS(formId) }], by: null });
  const started = await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: `repair-${formId}` });
  assert.equal(started.status, 200);
  const caseKey = String(started.body.processInstanceKey);
  await test.settle();
  const phone = await openScreen(test, 'phone');
  const { page } = phone;
  await phone.go('/tasks?tab=group');
  await signIn(phone, 'dispatcher');
  await page.getByText('Заявка на ремонт').first().click();
  await page.getByRole('button', { name: 'Взять в работу' }).click();
  const form = formOf(page);
  await form.choose('izdelie', 'Водонагреватель «Исток» 30 л');
  await form.write('seriynyyNomer', 'ab-123456');
  await form.write('dataProdazhi', '2026-11-01');
  for (const photo of ['fotoShildika', 'garantiynyyTalon'])
    await form.attach(photo, { name: 'plate.png', mimeType: 'image/png', buffer: drawPhoto(2) });
  await form.mark('gdeRemontirovat', 'Мастерская');
  await form.write('rasstoyanieKm', '12,5');
  await form.choose('neispravnost', 'Не включается');
  await form.write('ownerFio', 'Пётр Ильин');
  await form.write('ownerPhone', '9123456789');
  await form.write('address', 'Казань, Баумана, 1');
  await form.write('description', 'Не зажигается, ошибка Е4');
  await phone.check('form-filled-on-phone');
  await page
    .getByRole('button', { name: /Завершить|Отправить/ })
    .last()
    .click();
  await page.getByText('Задача «Заявка на ремонт» завершена').waitFor();
  await test.settle();
  await phone.close();
  const items = (await test.call('analyst', `GET /api/cases/${caseKey}/variables`)).body.items as readonly {
    readonly name: string;
    readonly value: unknown;
  }[];
  return { caseKey, values: Object.fromEntries(items.map((one) => [one.name, one.value])) };
}
