import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../../http/test/serve-routes.ts';
import type { PersonName, TestApp } from '../../http/test/start-app.ts';
import { DESKTOP, openPage, PHONE, type TestPage } from '../chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A screen that is refused with 404 or 422 leaves this in the console; the test asks for it. */
const ASKED_FOR = /Failed to load resource: the server responded with a status of 4/;
/** A folder for pictures to look at; none are taken without it. */
const PICTURES = process.env.REGLAMENT_TEST_PICTURES;

/** A person at a browser of their own: own cookies, own width, the time of the test. */
export interface Screen extends TestPage {
  /** Goes there by address and waits until nothing loads any more. */
  go(path: string): Promise<void>;
  /** From the next `go` on, the page's clock says what the server's says; called after the test moved the time. */
  syncClock(): Promise<void>;
  /** No serious accessibility finding, nothing wider than the screen; takes a picture where pictures are wanted. */
  check(name: string): Promise<void>;
  /** Takes a picture into REGLAMENT_TEST_PICTURES, if that is set. */
  picture(name: string): Promise<void>;
}

export async function openScreen(test: TestApp, size: 'desktop' | 'phone' = 'desktop'): Promise<Screen> {
  const phone = size === 'phone';
  const opened = await openPage(phone ? { ...PHONE, hasTouch: true, isMobile: true } : DESKTOP);
  const { page, context, errors } = opened;
  page.setDefaultTimeout(30_000);
  // Only `Date` is moved: Playwright's own clock replaces timers and animation frames too, and axe-core waits for them for ever.
  const syncClock = async (): Promise<void> => void (await context.addInitScript(`(${MOVE_DATE})(${test.now()})`));
  await syncClock();
  const picture = async (name: string): Promise<void> => {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}-${page.viewportSize()!.width}.png`) });
  };
  return {
    ...opened,
    syncClock,
    picture,
    async go(path) {
      await page.goto(test.url + path);
      await page.waitForLoadState('networkidle');
    },
    async check(name) {
      await picture(name);
      assert.deepEqual(await seriousFindings(page), [], `accessibility of ${name}`);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(width <= 0, `${name} is ${width} px wider than the screen`);
    },
    async close() {
      await opened.close();
      // A broken content security policy stands here too.
      assert.deepEqual(
        errors.filter((error) => !ASKED_FOR.test(error)),
        [],
      );
    },
  };
}

/** Runs in the page before its scripts; the last one added wins. */
const MOVE_DATE = `(now) => {
  const Wall = globalThis.WallDate ??= Date;
  const shift = now - Wall.now();
  globalThis.Date = class extends Wall {
    constructor(...parts) { super(...(parts.length === 0 ? [Wall.now() + shift] : parts)); }
    static now() { return Wall.now() + shift; }
  };
}`;

/** Signs in through the login screen. */
export async function signIn({ page }: Screen, who: PersonName): Promise<void> {
  await page.getByLabel('Имя пользователя').fill(who);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
  await page.waitForLoadState('networkidle');
}

async function seriousFindings(page: Page): Promise<readonly string[]> {
  // `evaluate` runs past the page's CSP, so axe needs no <script> element.
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')))`);
}
