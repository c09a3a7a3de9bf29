// npm run packs [-- --rewrite]   --rewrite writes the expected pages of templates: look at each before you commit it.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runTrace } from '#engine/testing';
import { checkForms } from './pack-scenarios/check-forms.ts';
import { checkReferences } from './pack-scenarios/check-references.ts';
import { checkRegisters } from './pack-scenarios/check-registers.ts';
import { checkTemplates } from './pack-scenarios/check-templates.ts';
import { listScenarios, shippedCalendars, type Scenario } from './pack-scenarios/list-scenarios.ts';
import type { PackProblem } from './pack-scenarios/pack-problem.ts';
import { listPacks, readPack } from './pack-scenarios/read-pack.ts';

export interface PackReport {
  readonly pack: string;
  readonly scenarios: number;
  readonly problems: readonly PackProblem[];
}

/** Proves one pack: files as listed, references, form samples, templates, scenarios (style.md §3 "Pack"). */
export async function checkPack(
  root: string,
  name: string,
  options: { readonly rewrite: boolean } = { rewrite: false },
): Promise<PackReport> {
  const pack = readPack(root, name);
  const calendars = shippedCalendars(root);
  const problems: PackProblem[] = [...pack.problems, ...(await checkReferences(pack, calendars))];
  // A file that does not read is named above; what builds upon it would only fail again.
  if (problems.length > 0) return { pack: name, scenarios: 0, problems };
  problems.push(
    ...checkForms(root, pack, calendars),
    ...checkTemplates(root, pack, options),
    ...checkRegisters(root, pack, calendars),
  );
  const scenarios = await listScenarios(root, [`${pack.folder}/scenarios`]);
  problems.push(...scenarios.flatMap(scenarioProblems));
  return { pack: name, scenarios: scenarios.length, problems };
}

/** A scenario passes when running it writes the very text that is there. */
export function scenarioProblems({ path, text, options }: Scenario): readonly PackProblem[] {
  try {
    const happened = runTrace(text, options);
    if (happened === text) return [];
    const [now, was] = [happened.split('\n'), text.split('\n')];
    const line = now.findIndex((one, index) => one !== was[index]);
    const at = line < 0 ? now.length : line;
    const message = `line ${at + 1}: expected "${was[at] ?? ''}", but it was "${now[at] ?? ''}".`;
    return [{ file: path, message: `${message} If that is right, run npm run traces:rewrite.` }];
  } catch (error) {
    return [{ file: path, message: error instanceof Error ? error.message : String(error) }];
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = fileURLToPath(new URL('../', import.meta.url));
  for (const name of listPacks(root)) {
    const { problems, scenarios } = await checkPack(root, name, { rewrite: process.argv.includes('--rewrite') });
    for (const { file, message } of problems) console.error(`${file}: ${message}`);
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${scenarios} scenarios`);
    if (problems.length > 0) process.exitCode = 1;
  }
}
