import { lintFiles, type FileFinding } from '#engine';
import { findDeployedDmn } from '../deployments/find-deployed-dmn.ts';
import type { Definition } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';

/**
 * What lint finds in files that are to be deployed: what they refer to may be among them, or deployed. A `deployment` binding or
 * a version tag finds what comes along, too.
 */
export function lintBesideDeployed(
  definitions: Definitions,
  files: Parameters<typeof lintFiles>[0],
  along: readonly Definition[] = [],
): Promise<readonly FileFinding[]> {
  const { catalog, calendars } = definitions;
  const here = new Set(along.map(({ kind, id }) => `${kind} ${id}`));
  return lintFiles(files, {
    calendars,
    formOf: (formId) => definitions.latestForm(formId),
    decisionOf: (decisionId) => definitions.latestDecision(decisionId),
    dmnOf: (namespace) => findDeployedDmn(definitions, namespace),
    references: {
      complete: true,
      exists: (kind, { id, bindingType }) =>
        here.has(`${kind} ${id.text}`) || (bindingType === 'latest' && catalog.latest(kind, id.text) !== undefined),
    },
  });
}
