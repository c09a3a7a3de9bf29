import assert from 'node:assert/strict';
import { v2Routes } from '../v2/v2-routes.ts';
import { permissionsFor, RESOURCE_PERMISSIONS, type ResourceType } from './grants.ts';

/** Routes are declared without touching what they will work with. */
const routes = v2Routes({ database: {}, runner: { onCommit: () => undefined } } as unknown as Parameters<
  typeof v2Routes
>[0]);

describe('authorizations', () => {
  it('can be given for nothing that no route asks for', () => {
    const asked = new Set(routes.flatMap(({ grant }) => grant?.any ?? []));
    // What a batch does is asked of by the batch, row by row.
    const given = Object.keys(RESOURCE_PERMISSIONS).flatMap((type) =>
      permissionsFor(type as ResourceType).map((permission) => `${type}:${permission}`),
    );
    assert.deepEqual([...asked].sort(), given.sort());
  });

  it('are asked for beside a permission, never instead of one', () => {
    for (const { path, access, grant } of routes) {
      if (grant !== undefined) assert.ok(access !== 'public' && access !== 'signed-in', `${path} is open anyway`);
    }
  });
});
