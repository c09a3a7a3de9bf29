import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { atEnd } from './at-end.ts';
import { findChromium } from './chromium-binary.ts';

/** Playwright adds its own; these keep a root container working and the browser off the network at its start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-component-update',
  '--disable-background-networking',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

/** The two widths every screen is looked at. */
export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

export interface PageOptions extends Omit<BrowserContextOptions, 'viewport'> {
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Flags of a browser of its own, for pages that need a camera. */
  readonly flags?: readonly string[];
}

/** A page in a context (cookies, storage) of its own. `close()` ends both. */
export interface TestPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /**
   * What the page said went wrong so far: uncaught exceptions, `console.error`, broken CSP rules, failed requests.
   * A browser test ends with `assert.deepEqual(errors, [])`.
   */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

/** By their extra flags. */
const browsers = new Map<string, Promise<Browser>>();

/**
 * Opens a page in Russian, in Moscow time, 1440 × 900 unless told otherwise. The browser starts at first use and is
 * shared by the run; pages left open are closed with it by the root hooks.
 */
export async function openPage(options: PageOptions = {}): Promise<TestPage> {
  const { width = DESKTOP.width, height = DESKTOP.height, flags = [], ...others } = options;
  const name = flags.join(' ');
  const started = browsers.get(name) ?? launch(flags);
  browsers.set(name, started);
  const running = await started;
  const context = await running.newContext({
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    reducedMotion: 'reduce',
    // It would answer requests that a test means to hold back.
    serviceWorkers: 'block',
    ...others,
    viewport: { width, height },
  });
  const page = await context.newPage();
  return { page, context, errors: watchErrors(page), close: () => context.close() };
}

async function launch(flags: readonly string[]): Promise<Browser> {
  const { executablePath, environment } = await findChromium();
  const started = await chromium.launch({
    executablePath,
    args: [...FLAGS, ...flags],
    env: { ...process.env, ...environment },
  });
  atEnd(() => started.close());
  return started;
}

function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    // A navigation or an unmount cancels what is under way; that is no error.
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason !== 'net::ERR_ABORTED') errors.push(`request: ${request.method()} ${request.url()}: ${reason}`);
  });
  return errors;
}
