import { explainInstance, type InstanceExplanation, type Key, type PlaceExplanation, type ProcessModel } from '#engine';
import type { CaseWaitView, ExplanationView, Language } from '#contract';
import { readerOf, type Database } from '../database/connect.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { loadInstances } from '../runtime/load-instances.ts';
import { readDirectory } from '../users/directory.ts';
import { caseNotFound, readTree, requireCase } from './case-access.ts';
import { explanationView } from './explanation-view.ts';
import { possibleSentence, waitSentence, type WaitWords } from './wait-sentence.ts';

export interface CaseExplanation {
  /** One instance of a case this person sees, as facts. @throws Refused `not-found` */
  explain(processInstanceKey: Key, principal: Principal): Promise<ExplanationView>;
  /** Every place at which the case stands, in words. @throws Refused `not-found` */
  waits(
    caseKey: Key,
    asker: { readonly principal: Principal; readonly language: Language },
  ): Promise<readonly CaseWaitView[]>;
}

export interface CaseExplanationDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => number;
}

interface Explained {
  readonly rootKey: Key;
  readonly explanation: InstanceExplanation;
  readonly model: ProcessModel;
}

export function createCaseExplanation({ database, definitions, now }: CaseExplanationDeps): CaseExplanation {
  const reader = readerOf(database);

  const explainAll = async (keys: readonly Key[]): Promise<readonly Explained[]> => {
    const loaded = await loadInstances(reader, keys);
    const explained: Explained[] = [];
    for (const key of keys) {
      const instance = loaded.get(key)?.instance;
      if (instance === undefined) continue;
      const { model } = await definitions.execution(instance.header.processDefinitionKey);
      const rootKey = instance.header.rootProcessInstanceKey;
      explained.push({ rootKey, explanation: explainInstance(instance, model, now()), model });
    }
    return explained;
  };

  return {
    async explain(processInstanceKey, principal) {
      const [explained] = await explainAll([processInstanceKey]);
      if (explained === undefined) throw caseNotFound();
      await requireCase(reader, explained.rootKey, principal);
      return explanationView(explained.explanation);
    },

    async waits(caseKey, { principal, language }) {
      await requireCase(reader, caseKey, principal);
      const tree = await readTree(reader, caseKey);
      const live = tree.filter(({ state }) => state === 'active').map((row) => row.process_instance_key);
      const explained = live.length === 0 ? [] : await explainAll(live);
      const reasons = explained.flatMap(({ explanation }) => explanation.places.flatMap(({ waitsFor }) => waitsFor));
      const tasks = reasons.filter((reason) => reason.kind === 'userTask');
      const usernames = tasks.flatMap(({ assignee, candidateUsers }) =>
        assignee === null ? candidateUsers : [assignee],
      );
      const groupIds = tasks.flatMap(({ candidateGroups }) => candidateGroups);
      const directory = await readDirectory(reader, { usernames, groupIds, language });
      const formatter = new Intl.DateTimeFormat(language, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: definitions.zone,
      });
      const instant = (at: number): string => formatter.format(at);
      return explained.flatMap(({ explanation, model }) => {
        const words = { language, instant, ...directory, ...namesOf(model) };
        return explanation.places.flatMap((place) => waitView(place, { explanation, model, words }) ?? []);
      });
    },
  };
}

function namesOf(model: ProcessModel): Pick<WaitWords, 'elementName' | 'flowName'> {
  const elementName = (elementId: string): string =>
    (elementId === model.processId ? model.name : model.nodes.get(elementId)?.name) || elementId;
  return {
    elementName,
    flowName: (flowId) => {
      const flow = model.flows.get(flowId);
      return flow?.name || elementName(flow?.sourceId ?? flowId);
    },
  };
}

/** Null for a scope that only waits for what is inside it, which is said there. */
function waitView(
  place: PlaceExplanation,
  { explanation, model, words }: Omit<Explained, 'rootKey'> & { readonly words: WaitWords },
): CaseWaitView | null {
  const reasons = place.waitsFor.map((reason) => waitSentence(reason, words)).filter((text) => text !== null);
  const possible = place.couldHappen.map((event) => possibleSentence(event, words));
  if (reasons.length === 0 && possible.length === 0) return null;
  const { iteration, elementId, elementInstanceKey } = place;
  const pass =
    iteration === null ? '' : ` (${iteration.index + 1}${iteration.total === null ? '' : `/${iteration.total}`})`;
  const stopped = place.waitsFor.some((reason) => reason.kind === 'incident');
  const overdue = place.waitsFor.some((reason) => 'overdue' in reason && reason.overdue);
  return {
    id: `${explanation.processInstanceKey}-${elementInstanceKey ?? elementId}`,
    processInstanceKey: String(explanation.processInstanceKey),
    title: place.elementName + pass,
    processName: model.name,
    elementId,
    since: new Date(place.since).toISOString(),
    state: stopped ? 'stopped' : overdue ? 'overdue' : 'waiting',
    reasons,
    possible,
  };
}
