import type { Deployment, Deployments } from '../deployments/deployments.ts';
import { readPack } from './read-pack.ts';

/** In order: processes name calendars, so those come first. */
export const SHIPPED_PACKS = ['calendars', 'claim-intake'] as const;

/**
 * Deploys packs from disk; files that stand as they are get no new version, so this runs at every start.
 *
 * @throws InvalidDeployment
 */
export async function deployPacks(
  deployments: Deployments,
  names: readonly string[] = SHIPPED_PACKS,
): Promise<readonly Deployment[]> {
  const done: Deployment[] = [];
  for (const name of names) done.push(await deployments.deploy({ resources: await readPack(name), by: null }));
  return done;
}
