import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext, type Context } from 'node:vm';
import { build } from 'esbuild';

/**
 * About 6 % above the size of November 2026 (1,104 kB), 40 % of it libraries. Raised from 1,045 kB when forms learnt tables, steps,
 * sixteen kinds of field and the formats of other products (67 kB), registers and the checks of a FEEL editor came. The portal
 * does not load it whole: what a browser gets first is judged by scripts/check-first-load.mjs. Counted in UTF-8, as Vite writes it:
 * escaped, a Russian letter takes six bytes instead of two, and the FEEL functions are described in two languages.
 */
const BUDGET = 1_170_000;

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function bundle() {
  const { outputFiles, metafile } = await build({
    entryPoints: [folder('index.ts')],
    absWorkingDir: folder('..'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'Engine',
    // A module of Node cannot be resolved here: the build fails and names who imports it.
    platform: 'browser',
    charset: 'utf8',
    conditions: ['source'],
    write: false,
    metafile: true,
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  assert.ok(file !== undefined && output !== undefined);
  return { text: file.text, bytes: file.contents.length, inputs: output.inputs };
}

/** Nothing but the language itself: no process, no require, no fetch, no timers. */
function bareContext(code: string): Context {
  const context = createContext({});
  runInContext(code, context);
  return context;
}

/** The example of README.md, with what each of its lines is said to print. */
function readmeExample(): { readonly code: string; readonly expected: readonly string[] } {
  const [, example = ''] =
    /## Playing models[\s\S]*?```js\n([\s\S]*?)```/.exec(readFileSync(folder('README.md'), 'utf8')) ?? [];
  const expected = [...example.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, value = '']) => value);
  return { code: example.replace(/^import (\{.*?\}) from '#engine';/m, 'const $1 = Engine;'), expected };
}

describe('the bundle of #engine for the browser', function () {
  this.timeout(60_000);
  let bundled: Awaited<ReturnType<typeof bundle>>;
  before(async () => {
    bundled = await bundle();
  });

  it('holds the engine and libraries, nothing of Node or of the server, within its budget', () => {
    const { bytes, inputs } = bundled;
    const kilobytes = (size: number) => `${Math.round(size / 1_000)} kB`;
    console.log(`      #engine minified: ${kilobytes(bytes)} of ${kilobytes(BUDGET)}`);
    assert.deepEqual(
      Object.keys(inputs).filter((path) => !/^engine\/|(^|\/)node_modules\//.test(path)),
      [],
    );
    const parts = new Map<string, number>();
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, part = path] = /(?:^engine\/|node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
    }
    const largest = [...parts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 10)
      .map(([part, size]) => `${part} ${kilobytes(size)}`);
    assert.ok(
      bytes <= BUDGET,
      `Expected at most ${kilobytes(BUDGET)}, but it is ${kilobytes(bytes)}: ${largest.join(', ')}`,
    );
  });

  it('finds nothing around it but the language', () => {
    const context = bareContext(bundled.text);
    for (const name of ['process', 'require', 'fetch', 'setTimeout', 'setImmediate', 'Buffer', 'document', 'window']) {
      assert.equal(runInContext(`typeof ${name}`, context), 'undefined', name);
    }
  });

  it('plays the example of the README there, and prints what the README says', async () => {
    const { code, expected } = readmeExample();
    const printed: string[] = [];
    const context = bareContext(bundled.text);
    context['print'] = (text: string) => printed.push(text);
    await runInContext(
      `(async () => { const console = { log: (value) => print(JSON.stringify(value)) }; ${code} })()`,
      context,
    );
    assert.ok(expected.length > 5);
    assert.deepEqual(printed, expected);
  });
});
