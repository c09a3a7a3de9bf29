import assert from 'node:assert/strict';
import { compileLookupFilter } from '../forms/lookup-filter.ts';
import { buildCalendarSet } from '../time/build-calendar-set.ts';
import { planFilter } from './plan-filter.ts';

const plan = (text: string, form = {}) =>
  planFilter(compileLookupFilter(text), { form, now: 0, zone: 'Europe/Moscow', calendars: buildCalendarSet([]) });

describe('planFilter', () => {
  it('finds what an index can look up, on either side and through "and"', () => {
    const { equalities } = plan('model = parent.model and form.region = region and price > 100 and active', {
      model: 'M-1',
      region: 'Урал',
    });
    assert.deepEqual(equalities, [
      { field: 'model', value: 'M-1' },
      { field: 'region', value: 'Урал' },
    ]);
  });

  it('looks nothing up that an "or", a "not" or another field decides', () => {
    for (const text of ['model = "a" or region = "b"', 'not(model = "a")', 'model = region', 'model != "a"'])
      assert.deepEqual(plan(text).equalities, [], text);
  });

  it('takes brackets on the other side, which the index then does without', () => {
    const { equalities, passes } = plan('price = (form.base + 1) * 2 and model = (form.model)', {
      base: 4,
      model: 'M-1',
    });
    assert.deepEqual(equalities, [{ field: 'model', value: 'M-1' }]);
    assert.ok(passes({ price: 10, model: 'M-1' }));
    assert.ok(!passes({ price: 9, model: 'M-1' }));
  });

  it('leaves the last word to FEEL over the whole row', () => {
    const { passes } = plan('model = form.model and price < 1000', { model: 'M-1' });
    assert.ok(passes({ model: 'M-1', price: 999 }));
    assert.ok(!passes({ model: 'm-1', price: 999 }));
    assert.ok(!passes({ model: 'M-1' }));
  });

  it('knows which fields of the form it needs', () => {
    const filter = compileLookupFilter('contains(name, form.part) and list contains(groups, parent.group)');
    assert.deepEqual(
      [filter.registerFields, filter.formFields],
      [
        ['name', 'groups'],
        ['part', 'group'],
      ],
    );
  });
});
