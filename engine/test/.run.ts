import { writeFileSync } from 'node:fs';
import { runTrace } from '../testing/run-trace.ts';
import { readScenario, scenarioNames } from './scenario-files.ts';
const only = process.argv[2];
for (const name of scenarioNames()) { if (only && !name.includes(only)) continue;
  try { const { text, options } = await readScenario(name); const out = runTrace(text, options); writeFileSync(new URL(`./scenarios/${name}.trace`, import.meta.url), out); console.log('=====', name); console.log(out.trim()); } catch (e) { console.log('##### FAIL', name, String(e)); } }
