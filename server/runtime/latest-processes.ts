import type { ProcessModel } from '#engine';
import type { Definitions } from './definitions.ts';

/** The latest version of every process, compiled. */
export function latestProcesses({ catalog, execution }: Definitions): Promise<readonly ProcessModel[]> {
  const latest = catalog.latestOf('process');
  return Promise.all(latest.map(async ({ definitionKey }) => (await execution(definitionKey)).model));
}
