import type { Deployment, Deployments } from '../deployments/deployments.ts';
import { readPack } from './read-pack.ts';

/** In order: processes name calendars and forms look into registers, so those come first. */
const SHIPPED_PACKS = ['calendars', 'fragments', 'service-base', 'claim-intake', 'repair-request'] as const;

/**
 * Deploys packs from disk, at every start. A pack whose files have all been deployed before is left alone: what an analyst
 * has changed since must not be undone by a restart. A new release of a pack is deployed whole.
 *
 * @throws InvalidDeployment
 */
export async function deployPacks(
  deployments: Deployments,
  names: readonly string[] = SHIPPED_PACKS,
): Promise<readonly Deployment[]> {
  const done: Deployment[] = [];
  for (const name of names) {
    const resources = await readPack(name);
    if (!deployments.hadAll(resources)) done.push(await deployments.deploy({ resources, by: null }));
  }
  return done;
}
