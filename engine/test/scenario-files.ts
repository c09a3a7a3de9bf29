import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import { readDmn } from '../decisions/read-dmn.ts';
import type { SimulationOptions } from '../simulation/simulation.ts';
import { shippedCalendars } from '../time/test/shipped-calendars.ts';

const FOLDER = new URL('./scenarios/', import.meta.url);

/** A `.trace` and what it runs against: the `.bpmn` of its base name and, if there is one, the `.dmn`. */
export interface ScenarioFile {
  readonly name: string;
  readonly text: string;
  readonly options: Omit<SimulationOptions, 'now'>;
}

export function scenarioNames(): readonly string[] {
  const names = (ending: string) =>
    readdirSync(FOLDER)
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .sort();
  const traces = names('.trace');
  const alone = names('.bpmn').filter((name) => !traces.includes(name));
  if (alone.length > 0) throw new Error(`Expected a .trace beside ${alone.join(', ')}`);
  return traces;
}

/** Forms that the model names by a constant count as deployed, as in `npm run traces:rewrite`. */
export async function readScenario(name: string): Promise<ScenarioFile> {
  const read = (ending: string) => readFileSync(new URL(`${name}${ending}`, FOLDER), 'utf8');
  const { processes } = await readBpmn(read('.bpmn'));
  const decisions = existsSync(new URL(`${name}.dmn`, FOLDER)) ? (await readDmn(read('.dmn'))).decisions : [];
  const nodes = processes.flatMap((process) => [...process.nodes.values()]);
  const forms = nodes.flatMap((node) => ('form' in node && node.form !== undefined ? [node.form.id.text] : []));
  return { name, text: read('.trace'), options: { processes, decisions, forms, calendars: shippedCalendars } };
}
