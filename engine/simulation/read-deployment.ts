import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { DecisionModel } from '../decisions/decision-model.ts';
import { readDmn } from '../decisions/read-dmn.ts';
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
  for (const text of texts) {
    if (ID_PATTERN.test(text)) forms.push(text);
    else if (isDmn(text)) decisions.push(...(await readDmn(text)).decisions);
    else processes.push(...(await readBpmn(text)).processes);
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
