import { standaloneValidator, readForm } from '#engine';
import { openPage } from '../server/test/chromium.ts';
import { writeResults } from './measure.ts';

/**
 * The form viewer in Chromium: what a key stroke costs in a form of 150 fields and a table of 60 rows by 6 columns (510 inputs), and
 * how long a form of 300 fields takes to open. Script time is the CPU time of the page's main thread (`threadTicks`), so that
 * neighbours on the machine do not count. rjsf and JSON Forms are no dependencies; their figures for the same form are those measured
 * for forms-ux.md (§A "Speed").
 */
const KEYS = 60;
const GOAL = { millisecondsPerKey: 5, millisecondsToOpen: 1_500 };
const MEASURED_EARLIER = { rjsf: 28, rjsfMantine: 40, jsonForms: 57 };

const text = { type: 'string' };
const money = { type: 'integer', format: 'money' };

function formOf(fields: number, table: boolean) {
  const names = Array.from({ length: fields }, (_, at) => `f${at}`);
  const properties = Object.fromEntries(
    // Every tenth depends on its neighbour, as forms of the packs do.
    names.map((name, at) => [name, at % 10 === 9 ? { ...text, 'x-required': `f${at - 1} = "x"` } : text]),
  );
  const works = {
    type: 'array',
    items: {
      type: 'object',
      required: ['part', 'qty'],
      properties: {
        part: text,
        remark: text,
        serial: text,
        qty: { type: 'integer', minimum: 1 },
        price: money,
        sum: { ...money, 'x-value': 'row.qty * row.price' },
      },
    },
  };
  const ru = Object.fromEntries(
    [...names, 'works', 'total', ...Object.keys(works.items.properties).map((key) => `works.${key}`)].map((name) => [
      `${name}.label`,
      name,
    ]),
  );
  return {
    $schema: 'form/1',
    key: 'bench',
    title: { ru: 'Замер', en: 'Bench' },
    data: {
      type: 'object',
      properties: { ...properties, ...(table && { works, total: { ...money, 'x-value': 'sum(works.sum)' } }) },
    },
    i18n: { ru, en: ru },
  };
}

interface FormServer {
  readonly url: string;
  readonly documents: Map<string, { readonly type: string; readonly body: string }>;
  readonly close: () => Promise<void>;
}

// By address: imported outright it would bring React's types into a program that knows no DOM.
const designer = new URL('../designer/form-viewer/test/', import.meta.url);
const { serveFormPage } = (await import(new URL('form-server.ts', designer).href)) as {
  serveFormPage(entry: URL): Promise<FormServer>;
};
const server = await serveFormPage(new URL('form-page.tsx', designer));

async function openForm(definition: object, stored: object) {
  server.documents.set('validator.mjs', { type: 'text/javascript', body: standaloneValidator(readForm(definition)) });
  const setup = { definition, stored, language: 'ru', now: Date.UTC(2026, 10, 21, 9) };
  server.documents.set('setup.json', { type: 'application/json', body: JSON.stringify(setup) });
  const { page, context, close } = await openPage();
  page.setDefaultTimeout(60_000);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<{ script: number; all: number }> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1_000;
    return { script: of('ScriptDuration'), all: of('TaskDuration') };
  };
  const started = performance.now();
  await page.goto(server.url);
  await page.waitForSelector('form');
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  return { page, close, spent, wall: performance.now() - started };
}

type Opened = Awaited<ReturnType<typeof openForm>>;

/** Mean milliseconds of script a key, and of all work of the main thread. */
async function keyStroke({ page, spent }: Opened, label: string) {
  const input = page.getByLabel(label, { exact: true }).first();
  await input.focus();
  await page.keyboard.type('1234567890', { delay: 20 });
  const before = await spent();
  await page.keyboard.type('1'.repeat(KEYS), { delay: 20 });
  const after = await spent();
  return { script: (after.script - before.script) / KEYS, all: (after.all - before.all) / KEYS };
}

const round = (value: number): number => Number(value.toPrecision(3));
const rows = Array.from({ length: 60 }, (_, at) => ({ rowId: `r${at}`, part: `p${at}`, qty: 1, price: 100 }));

const large = await openForm(formOf(150, true), { works: rows });
const keys = {
  field: await keyStroke(large, 'f75'),
  cell: await keyStroke(large, 'works.remark, строка 5'),
  cellOfTotal: await keyStroke(large, 'works.price, строка 6'),
};
await large.close();
const tall = await openForm(formOf(300, false), {});
const opening = await tall.spent();
await tall.close();
await server.close();

const results = {
  inputs: 150 + 60 * 6,
  perKey: Object.fromEntries(
    Object.entries(keys).map(([name, { script, all }]) => [name, { script: round(script), mainThread: round(all) }]),
  ),
  measuredEarlier: MEASURED_EARLIER,
  open300: { mainThread: round(opening.all), wall: round(tall.wall) },
  goal: GOAL,
};
console.log(JSON.stringify(results, null, 2));
for (const [name, { script }] of Object.entries(keys)) {
  console.log(
    `${name}: ${round(script)} ms of script a key; goal ${GOAL.millisecondsPerKey}; rjsf ${MEASURED_EARLIER.rjsf}`,
  );
}
console.log(`300 fields: ${round(opening.all)} ms of the main thread, ${round(tall.wall)} ms in all; goal 1,500`);
console.log(await writeResults('forms', results));
process.exit(0);
