import type { Key } from '#engine';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { insertRows } from '../database/write-rows.ts';
import { notFound, Refused } from '../http/refused.ts';
import { SOLE_NODE, type Node } from '../nodes/node.ts';
import { loadCatalog, type Catalog, type Definition, type DefinitionKind } from '../runtime/catalog.ts';
import type { Clock } from '../runtime/clock.ts';
import { startSubscriptionTable } from '../runtime/definition-tables.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { planStartSubscriptions } from './plan-start-subscriptions.ts';

/** What can be deleted. The rest is reference data of which the latest version counts: it is replaced, not deleted. */
const DELETABLE = ['process', 'decisionRequirements', 'form'] as const satisfies readonly DefinitionKind[];

/**
 * A version of a process, of a decision file or of a form that is no more: nothing finds, starts or refers to it, and its number
 * is not given again. Its row and its text stay for those that it made: ended cases, decisions and tasks go on showing it, and
 * a case that began in the same moment runs to its end.
 */
export interface DefinitionDeletion {
  /** The version before it becomes the latest, its starts included. @throws Refused `not-found`, `conflict` (it has running instances) */
  delete(definitionKey: Key): Promise<void>;
}

export function createDefinitionDeletion(deps: {
  readonly database: Database;
  readonly keys: Pick<KeySource, 'reserveWithin'>;
  readonly definitions: Definitions;
  readonly clock: Clock;
  readonly node?: Pick<Node, 'spread'>;
}): DefinitionDeletion {
  const { database, keys, definitions, clock, node = SOLE_NODE } = deps;

  const startLike = async (tx: Transaction, previous: Definition): Promise<void> => {
    const { model } = await definitions.execution(previous.definitionKey);
    const { zone, calendars } = definitions;
    const { plans } = planStartSubscriptions(model, {
      resource: previous.resourceName,
      now: clock.now(),
      zone,
      calendars,
    });
    if (plans.length === 0) return;
    const { firstKey } = await keys.reserveWithin(tx, 0, plans.length);
    const rows = plans.map((plan, at) => ({
      ...plan,
      subscription_key: firstKey + at,
      process_definition_key: previous.definitionKey,
      process_id: previous.id,
      lease_until: null,
      suspended: previous.suspendedAt !== null,
    }));
    await insertRows(tx, startSubscriptionTable, rows);
  };

  const remove = async (tx: Transaction, definitionKey: Key): Promise<void> => {
    // As a deployment: one at a time, so that both see the same latest version.
    await queryRows(tx, `SELECT revision FROM catalog_revision WHERE id = 1${tx.dialect.forUpdate}`);
    const catalog = await loadCatalog(tx);
    const found = requireDeletable(catalog, definitionKey);
    const gone = catalog.all.filter(
      (one) => one === found || (found.kind === 'decisionRequirements' && one.resourceKey === found.resourceKey),
    );
    await queryRows(
      tx,
      `UPDATE definition SET deleted_at = ? WHERE definition_key IN (${tx.dialect.listFromJson('key')})`,
      [clock.now(), JSON.stringify(gone.map((one) => one.definitionKey))],
    );
    if (found.kind === 'process' && catalog.latest('process', found.id) === found) {
      await queryRows(tx, 'DELETE FROM start_subscription WHERE process_id = ?', [found.id]);
      const previous = catalog.all.filter(({ kind, id }) => kind === 'process' && id === found.id).at(-2);
      if (previous !== undefined) await startLike(tx, previous);
    }
    await queryRows(tx, 'UPDATE catalog_revision SET revision = revision + 1 WHERE id = 1');
  };

  return {
    async delete(definitionKey) {
      await definitions.refresh();
      const found = requireDeletable(definitions.catalog, definitionKey);
      if (found.kind === 'process' && (await isRunning(readerOf(database), found))) throw runs(found);
      await inTransaction(database, (tx) => remove(tx, definitionKey));
      await definitions.refresh();
      await node.spread(definitions.catalog.revision);
    },
  };
}

function requireDeletable(catalog: Catalog, definitionKey: Key): Definition {
  const found = catalog.byKey(definitionKey);
  if (found === undefined || !(DELETABLE as readonly DefinitionKind[]).includes(found.kind)) {
    throw notFound({ ru: 'Ресурс, который можно удалить', en: 'Resource that can be deleted' });
  }
  return found;
}

async function isRunning(executor: Executor, { id, definitionKey }: Definition): Promise<boolean> {
  const rows = await queryRows(
    executor,
    `SELECT 1 AS one FROM process_instance WHERE process_id = ? AND state = 'active' AND process_definition_key = ? LIMIT 1`,
    [id, definitionKey],
  );
  return rows.length > 0;
}

function runs({ id, version }: Definition): Refused {
  return new Refused('conflict', {
    ru: `Версия ${version} процесса «${id}» ещё исполняется. Дождитесь её дел, прервите их или переведите на другую версию.`,
    en: `Version ${version} of the process "${id}" still runs. Await its instances, cancel them, or migrate them.`,
  });
}
