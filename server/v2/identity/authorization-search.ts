import { Type } from '@sinclair/typebox';
import { decodeRows } from '../../database/write-rows.ts';
import { authorizationTable, OWNER_TYPES } from '../../identity/authorization-rows.ts';
import { isResourceType } from '../../identity/grants.ts';
import { join } from '../search/filter-condition.ts';
import type { SearchSpec } from '../search/search-spec.ts';
import { wireKey } from '../wire-key.ts';
import { PlainText } from '../wire-schema.ts';

/** The words of the API; those that no authorization here has match nothing. */
export const WIRE_OWNER_TYPES = ['USER', 'CLIENT', 'ROLE', 'GROUP', 'MAPPING_RULE', 'UNSPECIFIED'] as const;
export const WIRE_RESOURCE_TYPES = [
  'AUTHORIZATION',
  'MAPPING_RULE',
  'MESSAGE',
  'BATCH',
  'COMPONENT',
  'SYSTEM',
  'TENANT',
  'RESOURCE',
  'PROCESS_DEFINITION',
  'DECISION_REQUIREMENTS_DEFINITION',
  'DECISION_DEFINITION',
  'GROUP',
  'USER',
  'ROLE',
  'DOCUMENT',
] as const;

const known = (words: readonly string[], has: (word: string) => boolean): Record<string, readonly string[]> =>
  Object.fromEntries(words.map((word) => [word, has(word) ? [word] : []]));
const ownerTypes = known(WIRE_OWNER_TYPES, (word) => (OWNER_TYPES as readonly string[]).includes(word));

export const authorizationSearch: SearchSpec = {
  from: 'authorization_rule a',
  select: 'a.*',
  key: ['a.authorization_key'],
  filters: {
    ownerId: { kind: 'text', sql: 'a.owner_id', simple: true },
    ownerType: { kind: 'enum', sql: 'a.owner_type', values: ownerTypes, simple: true },
    resourceIds: {
      kind: 'custom',
      schema: Type.Array(PlainText, { maxItems: 1_000 }),
      condition: (ids: readonly string[]) =>
        ids.length === 0
          ? { sql: '1 = 1', parameters: [] }
          : join(
              ids.map((id) => ({ sql: 'a.resource_id = ?', parameters: [id] })),
              'OR',
            ),
    },
    resourceType: {
      kind: 'enum',
      sql: 'a.resource_type',
      values: known(WIRE_RESOURCE_TYPES, isResourceType),
      simple: true,
    },
  },
  sorts: {
    ownerId: { sql: 'a.owner_id', kind: 'text' },
    ownerType: { sql: 'a.owner_type', kind: 'text' },
    resourceId: { sql: 'a.resource_id', kind: 'text' },
    resourceType: { sql: 'a.resource_type', kind: 'text' },
  },
};

export const AuthorizationResult = Type.Object({
  authorizationKey: Type.String(),
  ownerId: Type.String(),
  ownerType: Type.String(),
  resourceType: Type.String(),
  resourceId: Type.String(),
  permissionTypes: Type.Array(Type.String()),
});

export function authorizationViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(authorizationTable, rows).map((row) => ({
    authorizationKey: wireKey(row.authorization_key),
    ownerId: row.owner_id,
    ownerType: row.owner_type,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    permissionTypes: row.permission_types,
  }));
}
