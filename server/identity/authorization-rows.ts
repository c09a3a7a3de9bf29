import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { Grant } from './grants.ts';
import { EVERYTHING, unite, type Scope } from './scope.ts';

/** `authorization` is a word of SQL. */
export const authorizationTable = defineTable('authorization_rule', {
  columns: {
    authorization_key: 'key',
    owner_type: 'text',
    owner_id: 'text',
    resource_type: 'text',
    resource_id: 'text',
    permission_types: 'json',
  },
  primaryKey: ['authorization_key'],
});
export type AuthorizationRow = RowOf<typeof authorizationTable>;

export const OWNER_TYPES = ['USER', 'CLIENT', 'ROLE', 'GROUP'] as const;
export type OwnerType = (typeof OWNER_TYPES)[number];

/** Any resource of the kind. */
export const ANY_RESOURCE = '*';

/** What authorisations of the account itself, its groups and its roles allow, together. */
export async function findGrants(
  executor: Executor,
  who: {
    readonly account: { readonly type: 'USER' | 'CLIENT'; readonly id: string };
    readonly groups: readonly string[];
    readonly roles: readonly string[];
  },
): Promise<ReadonlyMap<Grant, Scope>> {
  const list = executor.dialect.listFromJson('text');
  const rows = decodeRows(
    authorizationTable,
    await queryRows(
      executor,
      `SELECT * FROM authorization_rule WHERE (owner_type = ? AND owner_id = ?)
         OR (owner_type = 'GROUP' AND owner_id IN (${list})) OR (owner_type = 'ROLE' AND owner_id IN (${list}))`,
      [who.account.type, who.account.id, JSON.stringify(who.groups), JSON.stringify(who.roles)],
    ),
  );
  const grants = new Map<Grant, Scope>();
  for (const row of rows) {
    const scope = row.resource_id === ANY_RESOURCE ? EVERYTHING : { all: false, ids: new Set([row.resource_id]) };
    for (const permission of row.permission_types as readonly string[]) {
      const grant = `${row.resource_type}:${permission}` as Grant;
      const before = grants.get(grant);
      grants.set(grant, before === undefined ? scope : unite(before, scope));
    }
  }
  return grants;
}

export async function findAuthorization(executor: Executor, key: Key): Promise<AuthorizationRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM authorization_rule WHERE authorization_key = ?', [key]);
  return decodeRows(authorizationTable, rows)[0] ?? null;
}

/** @returns false where there is none with the key */
export async function deleteAuthorization(tx: Executor, key: Key): Promise<boolean> {
  const gone = await queryRows(
    tx,
    'DELETE FROM authorization_rule WHERE authorization_key = ? RETURNING authorization_key',
    [key],
  );
  return gone.length > 0;
}

/** An owner that is gone leaves nothing to a namesake. */
export async function deleteAuthorizationsOf(tx: Executor, type: OwnerType, id: string): Promise<void> {
  await queryRows(tx, 'DELETE FROM authorization_rule WHERE owner_type = ? AND owner_id = ?', [type, id]);
}
