import type { Key } from '#engine';
import type { Database, Executor } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertRows, upsertRows } from '../database/write-rows.ts';
import { notFound, Refused } from '../http/refused.ts';
import { requireGroup } from '../users/groups.ts';
import { requireAccount } from '../users/require-user.ts';
import { requireRole } from '../users/role-read-model.ts';
import {
  ANY_RESOURCE,
  authorizationTable,
  deleteAuthorization,
  findAuthorization,
  OWNER_TYPES,
  type OwnerType,
} from './authorization-rows.ts';
import { canBeNamed, isResourceType, permissionsFor } from './grants.ts';

export interface AuthorizationRequest {
  readonly ownerType: string;
  readonly ownerId: string;
  readonly resourceType: string;
  /** Id of one resource, or `*`. It need not exist yet. */
  readonly resourceId: string;
  readonly permissionTypes: readonly string[];
}

/** Who may do what with which resource, beside what roles permit. */
export interface Authorizations {
  /** @throws Refused `invalid-request`, `not-found` (the owner) */
  create(request: AuthorizationRequest): Promise<Key>;
  /** All of it is said anew. @throws Refused `not-found`, `invalid-request` */
  update(key: Key, request: AuthorizationRequest): Promise<void>;
  /** @throws Refused `not-found` */
  remove(key: Key): Promise<void>;
}

export const AUTHORIZATION = { ru: 'Разрешение', en: 'Authorization' } as const;

/** @param deps `onChange` is told when what somebody may do has changed */
export function createAuthorizations(deps: {
  readonly database: Database;
  readonly keys: Pick<KeySource, 'next' | 'pickBucket'>;
  readonly onChange?: () => void;
}): Authorizations {
  const { database, keys, onChange = () => undefined } = deps;
  return {
    async create(request) {
      const key = await keys.next(keys.pickBucket());
      await inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        await insertRows(tx, authorizationTable, [{ authorization_key: key, ...(await checked(tx, request)) }]);
      });
      return key;
    },

    update: (key, request) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        if ((await findAuthorization(tx, key)) === null) throw notFound(AUTHORIZATION);
        await upsertRows(tx, authorizationTable, [{ authorization_key: key, ...(await checked(tx, request)) }]);
      }),

    remove: (key) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        if (!(await deleteAuthorization(tx, key))) throw notFound(AUTHORIZATION);
      }),
  };
}

/** The columns of a request that means something here. @throws Refused */
async function checked(tx: Executor, request: AuthorizationRequest) {
  const { ownerType, ownerId, resourceType, resourceId, permissionTypes } = request;
  const owner = await requireOwner(tx, ownerType, ownerId);
  if (!isResourceType(resourceType)) {
    throw invalid(
      `Разрешений на ${resourceType} здесь ничто не спрашивает.`,
      `Nothing here asks for an authorization on ${resourceType}.`,
    );
  }
  const known = permissionsFor(resourceType);
  const unknown = permissionTypes.find((permission) => !known.includes(permission));
  if (unknown !== undefined || permissionTypes.length === 0) {
    throw invalid(
      `Для ${resourceType} разрешения: ${known.join(', ')}; получено «${unknown ?? 'ничего'}».`,
      `Permissions on ${resourceType} are ${known.join(', ')}; got "${unknown ?? 'none'}".`,
    );
  }
  if (resourceId !== ANY_RESOURCE && !canBeNamed(resourceType)) {
    throw invalid(
      `${resourceType} разрешают только целиком: resourceId должен быть «*».`,
      `${resourceType} is allowed as a whole only: resourceId must be "*".`,
    );
  }
  return {
    owner_type: ownerType,
    owner_id: owner,
    resource_type: resourceType,
    resource_id: resourceId,
    permission_types: [...new Set(permissionTypes)],
  };
}

async function requireOwner(tx: Executor, type: string, id: string): Promise<string> {
  switch (type as OwnerType) {
    case 'USER':
      return requireAccount(tx, id, 'person');
    case 'CLIENT':
      return requireAccount(tx, id, 'client');
    case 'GROUP':
      await requireGroup(tx, id, tx.dialect.forShare);
      return id;
    case 'ROLE':
      return requireRole(tx, id, tx.dialect.forShare);
    default:
      throw invalid(
        `Владелец разрешения: ${OWNER_TYPES.join(', ')}; получено ${type}.`,
        `The owner of an authorization is one of ${OWNER_TYPES.join(', ')}; got ${type}.`,
      );
  }
}

function invalid(ru: string, en: string): Refused {
  return new Refused('invalid-request', { ru, en });
}
