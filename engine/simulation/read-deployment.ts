import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { DecisionModel } from '../decisions/decision-model.ts';
import { InvalidDmn } from '../decisions/invalid-dmn.ts';
import { readDmnFiles, type DmnText } from '../decisions/read-dmn-files.ts';
import type { ProcessModel } from '../model/process-model.ts';
import { ID_PATTERN } from '../xml/id-pattern.ts';
import type { DeployedModels } from './simulated-library.ts';

/** The start tag of both kinds of file, with its prefix. */
const ROOT = /<(?:([\w.-]+):)?definitions\b[^>]*>/;

/**
 * Reads what is deployed together: BPMN and DMN texts, and ids of forms.
 * Throws InvalidBpmn or InvalidDmn with every problem of the first file that cannot be deployed.
 */
export async function readDeployment(texts: readonly string[]): Promise<Required<DeployedModels>> {
  const processes: ProcessModel[] = [];
  const decisions: DecisionModel[] = [];
  const forms: string[] = [];
  const dmn: DmnText[] = [];
  for (const text of texts) {
    if (ID_PATTERN.test(text)) forms.push(text);
    else if (isDmn(text)) dmn.push({ name: `DMN ${dmn.length + 1}`, content: text });
    else processes.push(...(await readBpmn(text)).processes);
  }
  for (const file of await readDmnFiles(dmn, () => Promise.resolve(undefined))) {
    if (!file.ok) throw new InvalidDmn(file.problems);
    decisions.push(...file.reading.decisions);
  }
  refuseFormsAlone(texts, forms);
  refuseTwins(processes);
  return { processes, decisions, forms };
}

/** Both formats call their root `definitions`: its namespace tells them apart. */
function isDmn(text: string): boolean {
  const [tag = '', prefix] = ROOT.exec(text) ?? [];
  const declared = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  return new RegExp(`\\s${declared}\\s*=\\s*["'][^"']*/spec/DMN/`, 'i').test(tag);
}

/** A word that is no file looks like the id of a form. */
function refuseFormsAlone(texts: readonly string[], forms: readonly string[]): void {
  if (texts.length === 0 || forms.length < texts.length) return;
  throw new InvalidBpmn([
    {
      code: 'malformed-xml',
      elementId: null,
      elementName: null,
      line: null,
      message: `There is no BPMN or DMN text in the deployment, only the ids of forms: ${forms.join(', ').slice(0, 200)}.`,
      remedy: 'Deploy the text of a file, with the ids of the forms that it refers to.',
    },
  ]);
}

function refuseTwins(processes: readonly ProcessModel[]): void {
  const twin = processes.find(({ processId }, index) =>
    processes.some((other, place) => place < index && other.processId === processId),
  );
  if (twin === undefined) return;
  throw new InvalidBpmn([
    {
      code: 'duplicate-id',
      elementId: twin.processId,
      elementName: twin.name,
      line: null,
      message: `The process "${twin.processId}" is deployed twice at once.`,
      remedy: 'Give each process an id of its own, or deploy one version after the other.',
    },
  ]);
}
