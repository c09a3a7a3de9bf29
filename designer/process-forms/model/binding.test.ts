import assert from 'node:assert/strict';
import { accessTo, type TaskBinding } from '#engine';
import { accessMap, levelOf, namedFields, withAccess, type AccessKind } from './access-map.ts';
import { bindingLike, bindingOf } from './binding-of.ts';
import { visitForm as form } from './test/visit-form.ts';

const tick = (binding: TaskBinding, kind: AccessKind, on: boolean, ...names: string[]): TaskBinding =>
  bindingOf(form, withAccess(form, accessMap(form, binding), { names, kind, on }));
const levels = (binding: TaskBinding): Record<string, string> =>
  Object.fromEntries(namedFields(form).map((field) => [field.name, levelOf(accessTo(field, binding))]));

describe('what a step does with the fields of its form', () => {
  it('needs no lists where the form decides', () => assert.deepEqual(bindingOf(form, accessMap(form, {})), {}));

  it('lists what may be changed once something may not, what is seen once something is not', () => {
    assert.deepEqual(tick({}, 'writable', false, 'price'), { writable: ['cause', 'refusal', 'works'] });
    assert.deepEqual(tick({}, 'readable', false, 'price'), { readable: ['cause', 'refusal', 'total', 'works'] });
    assert.deepEqual(tick({}, 'writable', false, 'cause', 'price', 'refusal', 'works'), { writable: [] });
  });

  it('lets no field be required that cannot be changed, nor changed that is not seen', () => {
    const hidden = tick({}, 'readable', false, 'cause');
    assert.equal(levels(tick(hidden, 'requiredHere', true, 'cause'))['cause'], 'required');
    assert.deepEqual(tick(tick({}, 'requiredHere', true, 'cause'), 'writable', false, 'cause'), {
      writable: ['refusal', 'price', 'works'],
    });
    assert.deepEqual(tick({}, 'requiredHere', true, 'total'), {}, 'nobody writes what is computed');
  });

  it('lets a table speak for its columns, and a column for itself', () => {
    assert.deepEqual(tick({}, 'writable', false, 'works.note'), {
      writable: ['cause', 'refusal', 'price', 'works', 'works.part', 'works.count'],
    });
    assert.deepEqual(tick({}, 'readable', false, 'works.note', 'works.part').readable, [
      'cause',
      'refusal',
      'price',
      'total',
      'works',
      'works.count',
    ]);
    const readOnly = tick({}, 'writable', false, 'works');
    assert.deepEqual(readOnly, { writable: ['cause', 'refusal', 'price'] });
    const cells = tick(readOnly, 'writable', true, 'works.count');
    assert.deepEqual(cells, { writable: ['cause', 'refusal', 'price', 'works.count'] });
    assert.deepEqual(tick(cells, 'writable', false, 'works.count'), readOnly);
    assert.equal(levels(tick(readOnly, 'requiredHere', true, 'works'))['works.part'], 'writable');
  });

  it('keeps the words of the deployed version when they say the same', () => {
    const stands = { readable: ['total', 'cause', 'price', 'works'] };
    assert.equal(bindingLike(form, accessMap(form, stands), stands), stands);
    assert.deepEqual(bindingLike(form, accessMap(form, {}), { writable: ['price'] }), {});
  });

  it('says exactly what was ticked, for any ticks in any order', () => {
    const names = namedFields(form).map(({ name }) => name);
    const kinds: readonly AccessKind[] = ['readable', 'writable', 'requiredHere'];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    let map = accessMap(form, {});
    for (let round = 0; round < 3_000; round += 1) {
      map = withAccess(form, map, {
        names: [names[random(names.length)]!],
        kind: kinds[random(3)]!,
        on: random(2) === 0,
      });
      const binding = bindingOf(form, map);
      assert.deepEqual(accessMap(form, binding), map, JSON.stringify(binding));
    }
  });
});
