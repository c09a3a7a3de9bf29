import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** How to start the browser of the tests. */
export interface ChromiumBinary {
  readonly executablePath: string;
  /** Added to the environment of the browser only, never to ours. */
  readonly environment: Readonly<Record<string, string>>;
}

const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Finds a Chromium: the one named by `REGLAMENT_TEST_CHROMIUM`, else the one inside `@sparticuz/chromium`
 * (Linux on x64; it brings its own NSS libraries, so a bare container is enough), else a system one.
 * @throws Error when there is none
 */
export async function findChromium(): Promise<ChromiumBinary> {
  const given = process.env.REGLAMENT_TEST_CHROMIUM;
  if (given) return { executablePath: given, environment: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedChromium();
  const installed = SYSTEM_PATHS.find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, environment: {} };
  throw new Error('Expected a Chromium or Chrome: set REGLAMENT_TEST_CHROMIUM to its executable file.');
}

/** Unpacks the browser (200 MB, ≈ 2 s) into `.cache/` at first use; later runs find it there. */
async function unpackedChromium(): Promise<ChromiumBinary> {
  const home = join(REPOSITORY, '.cache', `chromium-${packageVersion()}`);
  if (!existsSync(home)) await unpack(home);
  const fontsPath = join(home, 'reglament-fonts.conf');
  writeFileSync(fontsPath, fontsConfiguration(home));
  return {
    executablePath: join(home, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: fontsPath },
  };
}

/**
 * The package unpacks into TMPDIR, takes whatever lies there for complete, and adds its libraries only where it believes
 * itself in Lambda. So it runs in a process of its own in a fresh folder, which is then renamed into place as a whole.
 */
async function unpack(home: string): Promise<void> {
  mkdirSync(dirname(home), { recursive: true });
  const staging = mkdtempSync(`${home}.part-`);
  try {
    const script = `import('@sparticuz/chromium').then((module) => module.default.executablePath())`;
    await promisify(execFile)(process.execPath, ['-e', script], {
      cwd: REPOSITORY,
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    renameSync(staging, home);
  } catch (error) {
    // Another run may have finished first: then the folder is there and complete.
    if (!existsSync(home)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** The package's own file names folders of Lambda. Its Open Sans draws Cyrillic, so text shows before a web font loads. */
function fontsConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

function packageVersion(): string {
  const path = join(REPOSITORY, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
