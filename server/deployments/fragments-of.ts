import type { Transaction } from '../database/transaction.ts';
import type { DeployedFragment } from '../form-fragments/deploy-fragments.ts';
import type { Catalog } from '../runtime/catalog.ts';
import type { FileReading } from './read-resource.ts';
import { findStoredFiles } from './stored-files.ts';

/** Fragments with what stood under their ids. */
export async function fragmentsOf(
  tx: Transaction,
  files: readonly FileReading[],
  catalog: Catalog,
): Promise<readonly DeployedFragment[]> {
  const fragments = files.filter(({ format }) => format === 'fragment');
  const keys = fragments.map(({ defines }) => catalog.latest('fragment', defines[0]!.id)?.resourceKey);
  const stored = await findStoredFiles(
    tx,
    keys.filter((key) => key !== undefined),
  );
  return fragments.map(({ name, content }, index) => ({
    name,
    content,
    before: stored.get(keys[index] ?? -1) ?? null,
  }));
}
