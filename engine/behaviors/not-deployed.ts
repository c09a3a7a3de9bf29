import type { IncidentType } from '../instance.ts';
import type { ResourceReference } from '../model/process-model.ts';
import { Stuck } from './stuck.ts';

/** What an element refers to is not there; when somebody has deployed it, the incident is resolved and it is looked for again. */
export function notDeployed(
  incident: IncidentType,
  what: string,
  { bindingType, versionTag }: Pick<ResourceReference, 'bindingType' | 'versionTag'>,
): Stuck {
  const version = versionTag === undefined ? bindingType : `${bindingType} "${versionTag}"`;
  return new Stuck(incident, `Expected a deployed ${what} (${version}), but there is none`);
}
