import { buildCalendarSet, type CalendarSet } from '../time/build-calendar-set.ts';
import type { DecisionModel } from '../decisions/decision-model.ts';
import type { Key } from '../key.ts';
import type { DeployedDecision, DeployedForm, DeployedProcess, Library, ReferenceLookup } from '../model/library.ts';
import type { ProcessModel } from '../model/process-model.ts';

/** What is deployed together. */
export interface DeployedModels {
  readonly processes?: readonly ProcessModel[];
  readonly decisions?: readonly DecisionModel[];
  /** Ids of forms that count as deployed; the simulation never looks inside them. */
  readonly forms?: readonly string[];
}

interface Version<Content> {
  readonly id: string;
  readonly versionTag: string | undefined;
  readonly deploymentKey: Key;
  readonly key: Key;
  readonly version: number;
  readonly content: Content;
}

/** Every version of one kind of resource, found by the binding types of `zeebe:` references as on the server. */
class Versions<Content> {
  readonly #byKey = new Map<Key, Version<Content>>();
  /** The newest last. */
  readonly #byId = new Map<string, Version<Content>[]>();

  add(id: string, deploymentKey: Key, content: Content, versionTag?: string): Version<Content> {
    const versions = this.#byId.get(id) ?? [];
    const version = { versionTag, deploymentKey, key: this.#byKey.size + 1, version: versions.length + 1, id, content };
    this.#byId.set(id, [...versions, version]);
    this.#byKey.set(version.key, version);
    return version;
  }

  byKey(key: Key): Version<Content> | undefined {
    return this.#byKey.get(key);
  }

  latest(id: string): Version<Content> | undefined {
    return this.#byId.get(id)?.at(-1);
  }

  find({ id, bindingType, versionTag, deploymentKey }: ReferenceLookup): Version<Content> | undefined {
    const versions = this.#byId.get(id) ?? [];
    switch (bindingType) {
      case 'latest':
        return versions.at(-1);
      case 'deployment':
        return versions.find((one) => one.deploymentKey === deploymentKey);
      case 'versionTag':
        return versions.filter((one) => one.versionTag === versionTag).at(-1);
    }
  }
}

/** Everything deployed into a simulation. A process id deployed again gets the next version; older ones stay. */
export class SimulatedLibrary implements Library {
  readonly calendars: CalendarSet;
  readonly zone: string;
  readonly #processes = new Versions<ProcessModel>();
  readonly #decisions = new Versions<DecisionModel>();
  readonly #forms = new Versions<null>();
  #deployments: Key = 0;

  constructor({ calendars, zone }: { readonly calendars?: CalendarSet; readonly zone?: string }) {
    // The shipped calendars are files, and the engine reads none.
    this.calendars = calendars ?? buildCalendarSet([]);
    this.zone = zone ?? 'Europe/Moscow';
  }

  deploy({ processes = [], decisions = [], forms = [] }: DeployedModels): readonly DeployedProcess[] {
    this.#deployments += 1;
    const deploymentKey = this.#deployments;
    for (const decision of decisions) {
      this.#decisions.add(decision.decisionId, deploymentKey, decision, decision.versionTag ?? undefined);
    }
    for (const form of forms) this.#forms.add(form, deploymentKey, null);
    return processes.map((model) =>
      deployed(this.#processes.add(model.processId, deploymentKey, model, model.versionTag)),
    );
  }

  /** The newest version of a process. */
  latestProcess(processId: string): DeployedProcess | undefined {
    const found = this.#processes.latest(processId);
    return found && deployed(found);
  }

  processByKey(processDefinitionKey: Key): DeployedProcess {
    const found = this.#processes.byKey(processDefinitionKey);
    if (found === undefined) throw new Error(`Expected a process definition ${processDefinitionKey}`);
    return deployed(found);
  }

  findProcess(reference: ReferenceLookup): DeployedProcess | undefined {
    const found = this.#processes.find(reference);
    return found && deployed(found);
  }

  findDecision(reference: ReferenceLookup): DeployedDecision | undefined {
    const found = this.#decisions.find(reference);
    return found && { decisionKey: found.key, version: found.version, decision: found.content };
  }

  findForm(reference: ReferenceLookup): DeployedForm | undefined {
    const found = this.#forms.find(reference);
    return found && { formKey: found.key, formId: found.id, version: found.version };
  }
}

function deployed({ key, deploymentKey, version, content }: Version<ProcessModel>): DeployedProcess {
  return { processDefinitionKey: key, deploymentKey, version, model: content };
}
