import { openPage } from '../server/test/chromium.ts';
import * as ends from '../server/test/at-end.ts';
import { startFakeApi } from './test/fake-api.ts';
import { mkdirSync } from 'node:fs';
const OUT = '/tmp/shots'; mkdirSync(OUT, { recursive: true });
const only = process.argv.slice(2);
const api = await startFakeApi('/work/main/dist/designer');
const W: Record<string, { width: number; height: number }> = { d: { width: 1440, height: 900 }, p: { width: 390, height: 844 } };
const T = (i: number) => api.world.tasks[i]!.userTaskKey;
const mineTask = () => api.world.tasks.filter((t) => t.assignee === 'anna');
const long = api.world.tasks.find((t) => t.caseTitle.startsWith('Повторное'))!;
const free = api.world.tasks.find((t) => t.assignee === null && t.candidateGroups.includes('dispatch'))!;
const check = api.world.tasks.find((t) => t.formKey === 'check-set')!;
const C = (i: number) => api.world.cases[i]!.caseKey;
type P = Awaited<ReturnType<typeof openPage>>['page'];
const screens: Record<string, { path: string; user?: string; then?: (p: P) => Promise<void> }> = {
  login: { path: '/login', user: '' },
  list: { path: '/tasks' },
  all: { path: '/tasks?tab=all' },
  empty: { path: '/tasks', user: 'boris' },
  nothing: { path: '/tasks', user: 'vera' },
  notfound: { path: '/tasks?q=' + encodeURIComponent('ничего такого') },
  error: { path: '/tasks?q=' + encodeURIComponent('ошибка') },
  slow: { path: '/tasks?q=' + encodeURIComponent('медленно') },
  task: { path: `/tasks/${mineTask()[2]!.userTaskKey}` },
  tasklong: { path: `/tasks/${long.userTaskKey}` },
  taskfree: { path: `/tasks/${free.userTaskKey}?tab=group` },
  taskmail: { path: `/tasks/${mineTask()[2]!.userTaskKey}`, then: async (p) => { const m = p.getByRole('tab', { name: 'Переписка' }); await m.click(); } },
  taskfiles: { path: `/tasks/${mineTask()[2]!.userTaskKey}`, then: async (p) => { await p.getByRole('tab', { name: 'Файлы' }).click(); } },
  taskstory: { path: `/tasks/${mineTask()[2]!.userTaskKey}`, then: async (p) => { await p.getByRole('tab', { name: 'История' }).click(); } },
  taskdiagram: { path: `/tasks/${mineTask()[2]!.userTaskKey}`, then: async (p) => { await p.getByRole('tab', { name: 'Схема' }).click(); } },
  taskerrors: { path: `/tasks/${mineTask()[2]!.userTaskKey}`, then: async (p) => { await p.getByRole('button', { name: 'Завершить' }).click(); } },
  taskmissing: { path: `/tasks/999` },
  cases: { path: '/cases' },
  caseserror: { path: '/cases?q=' + encodeURIComponent('ошибка') },
  case: { path: `/cases/${C(0)}` },
  caselong: { path: `/cases/${C(9)}` },
  caseempty: { path: `/cases/${C(3)}` },
  casefacts: { path: `/cases/${C(0)}?tab=facts` },
  casemail: { path: `/cases/${C(0)}?tab=mail` },
  casediagram: { path: `/cases/${C(0)}?tab=diagram` },
  casevalues: { path: `/cases/${C(0)}?tab=values`, then: async (p) => { await p.getByRole('button', { name: /JSON переменной client/ }).click(); } },
  lightbox: { path: `/cases/${C(0)}?tab=mail`, then: async (p) => { await p.getByRole('button', { name: /Переписка|Недовоз по накладной/ }).last().click(); await p.getByRole('button', { name: /Посмотреть IMG_2026/ }).first().click(); } },
  document: { path: `/cases/${C(0)}?tab=facts`, then: async (p) => { await p.getByRole('button', { name: 'Просмотр' }).click(); await p.waitForTimeout(400); } },
  palette: { path: '/tasks', then: async (p) => { await p.keyboard.press('Control+k'); await p.getByRole('combobox', { name: 'Поиск и переход' }).fill('недовоз'); await p.waitForTimeout(700); } },
  bell: { path: '/tasks', then: async (p) => { await p.getByRole('button', { name: /уведомлени/ }).click(); } },
  user: { path: '/cases', then: async (p) => { await p.getByRole('button', { name: /Учётная запись/ }).click(); } },
};
for (const [name, screen] of Object.entries(screens)) {
  for (const size of ['d', 'p']) for (const scheme of ['light', 'dark'] as const) {
    const id = `${name}-${size}-${scheme}`;
    if (only.length > 0 && !only.some((o) => id.startsWith(o))) continue;
    const { page, context, errors, close } = await openPage({ ...W[size]!, colorScheme: scheme, hasTouch: size === 'p' });
    try {
      if (screen.user !== '') {
        await context.request.post(api.url + '/api/session', { data: { username: screen.user ?? 'anna', password: 'demo' }, headers: { 'content-type': 'application/json' } });
      }
      await page.goto(api.url + screen.path);
      await page.waitForTimeout(name === 'slow' ? 900 : 1400);
      await screen.then?.(page);
      await page.waitForTimeout(700);
    } catch (e) { console.log(id, 'FAILED', String(e).slice(0, 400)); }
    await page.screenshot({ path: `${OUT}/${id}.png` });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (Number(overflow) > 0) console.log(id, 'OVERFLOW', overflow);
    const bad = errors.filter((e) => !/status of (404|500|401)/.test(e));
    if (bad.length) console.log(id, bad.slice(0, 4).join('\n   ').slice(0, 1200));
    await close();
  }
}
await api.close(); const e = ends as any; for (const k of Object.keys(e)) if (/^(end|run|close|finish)/.test(k)) await e[k](); process.exit(0);
