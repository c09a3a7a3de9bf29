import assert from 'node:assert/strict';
import { readCaseSearch } from '../case-list/case-search.ts';
import { fileExtension, fileKind } from '../files/file-kind.ts';
import { FITTED, pan, zoomAt } from '../files/zoom.ts';
import { readCaseTab } from './case-tab.ts';
import { groupByDay } from './group-by-day.ts';
import { hasMore, valueSummary } from './value-summary.ts';

describe('case page', () => {
  it('groups neighbours of one day, in the order given', () => {
    const telling = { language: 'ru', now: new Date('2026-11-21T09:00:00Z'), zone: 'Europe/Moscow' } as const;
    const entries = ['2026-11-21T08:00:00Z', '2026-11-20T21:30:00Z', '2026-11-20T20:00:00Z'].map((at) => ({ at }));
    const groups = groupByDay(entries, telling).map(({ day, entries: { length } }) => [day, length]);
    assert.deepEqual(groups, [
      ['Сегодня', 2],
      ['Вчера', 1],
    ]);
  });

  it('tells a value in one line and knows when there is more', () => {
    assert.equal(valueSummary([1, 2], 'ru'), 'список, 2 элемента');
    assert.equal(valueSummary({ a: 1 }, 'en'), 'object, 1 field');
    assert.equal(valueSummary('одна\nдве', 'ru'), 'одна две');
    assert.deepEqual(
      [hasMore(5), hasMore('x'), hasMore('x\ny'), hasMore({}), hasMore(null)],
      [false, false, true, true, false],
    );
  });

  it('reads the address of a case and of the case list', () => {
    assert.deepEqual(readCaseTab({ tab: 'diagram' }), { tab: 'diagram' });
    assert.deepEqual([readCaseTab({ tab: 'story' }), readCaseTab({ tab: 'secret' })], [{}, {}]);
    assert.deepEqual(readCaseSearch({ state: 'INCIDENT', q: 4471 }), { state: 'INCIDENT', q: '4471' });
    assert.deepEqual(readCaseSearch({ state: 'DROP', q: '' }), {});
  });

  it('knows what a browser can show', () => {
    assert.deepEqual(['image/png', 'image/heic', 'application/pdf', 'video/mp4'].map(fileKind), [
      'picture',
      'other',
      'pdf',
      'video',
    ]);
    assert.equal(fileExtension('Накладная.docx', 'application/zip'), 'DOCX');
    assert.equal(fileExtension('без расширения', 'image/jpeg'), 'JPEG');
  });

  it('keeps what is under the pointer under it while zooming, and never goes smaller than fitting', () => {
    const zoomed = zoomAt(FITTED, 2, { x: 100, y: 0 });
    assert.deepEqual(zoomed, { scale: 2, x: -100, y: 0 });
    assert.deepEqual(zoomAt(zoomed, 0.1), FITTED);
    assert.deepEqual(pan(FITTED, 10, 10), FITTED);
    assert.equal(zoomAt(FITTED, 100).scale, 8);
  });
});
