import assert from 'node:assert/strict';
import { noContent } from './reply.ts';
import { createRouteTable } from './route-table.ts';
import type { Method, Route } from './route.ts';

const declared = (method: Method, path: string): Route => ({
  method,
  path,
  summary: { ru: path, en: path },
  access: 'public',
  response: { status: 204, description: '' },
  repeatable: false,
  handler: () => Promise.resolve(noContent()),
});

describe('the route table', () => {
  const find = createRouteTable([
    declared('post', '/v2/user-tasks/search'),
    declared('get', '/v2/user-tasks/:userTaskKey'),
    declared('post', '/v2/user-tasks/:userTaskKey/completion'),
    declared('get', '/v2/groups/:groupId/users/:username'),
    declared('get', '/v2/groups/:groupId/users/search'),
    declared('get', '/api/forms/:formKey/validator/:hash.mjs'),
    declared('get', '/api/forms/:formKey/validator/latest'),
    declared('get', '/healthz'),
  ]);
  const name = (method: string, path: string): string | undefined => find(method, path)?.route.path;

  it('finds what is written and what is a parameter', () => {
    assert.equal(name('GET', '/healthz'), '/healthz');
    assert.equal(name('POST', '/v2/user-tasks/search'), '/v2/user-tasks/search');
    const found = find('POST', '/v2/user-tasks/225/completion');
    assert.equal(found?.route.path, '/v2/user-tasks/:userTaskKey/completion');
    assert.deepEqual(found?.params, { userTaskKey: '225' });
  });

  it('gives the one declared first, as Express does', () => {
    assert.equal(name('GET', '/v2/groups/a/users/search'), '/v2/groups/:groupId/users/:username');
  });

  it('leaves to Express what only Express can tell', () => {
    for (const path of ['/v2/user-tasks/%31', '/v2/user-tasks/1/', '/v2//user-tasks/1', '/V2/user-tasks/1', '/', '']) {
      assert.equal(name('GET', path), undefined, path);
    }
    assert.equal(name('GET', '/api/forms/1/validator/latest'), undefined, 'a pattern stands before it');
    assert.equal(name('HEAD', '/healthz'), undefined);
    assert.equal(name('DELETE', '/v2/user-tasks/1'), undefined);
  });
});
