import type { DeadlineView } from '#contract';
import assert from 'node:assert/strict';
import { deadlineLines, deadlineWords } from './deadline.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const deadline: DeadlineView = {
  dueAt: '2026-11-23T15:00:00Z',
  totalMinutes: 400,
  leftMinutes: 200,
  minutesPerDay: 480,
  light: 'green',
  zone: 'Europe/Moscow',
  provisional: false,
  escalatesTo: null,
};

describe('deadline', () => {
  it('says what is left and how full the bar is', () => {
    const words = deadlineWords(deadline, 'ru');
    assert.deepEqual([words.tone, plain(words.text), words.share], ['calm', 'осталось 3 ч 20 мин', 0.5]);
  });

  it('says by how much it is overdue, with an empty bar', () => {
    const words = deadlineWords({ ...deadline, leftMinutes: -480, light: 'red' }, 'ru');
    assert.deepEqual([words.tone, plain(words.text), words.share], ['late', 'просрочено на 1 раб. день', 0]);
  });

  it('has words for the moment itself and for a pause, and survives a deadline without working time', () => {
    assert.equal(deadlineWords({ ...deadline, leftMinutes: 0, light: 'red' }, 'ru').text, 'срок наступает');
    assert.equal(deadlineWords({ ...deadline, light: 'grey' }, 'en').text, 'deadline paused');
    assert.equal(deadlineWords({ ...deadline, totalMinutes: 0 }, 'ru').share, 0);
  });

  it('names the zone only when its clock differs from the viewer’s, and who is next', () => {
    const telling = { language: 'ru', now: new Date('2026-11-21T09:00:00Z'), zone: 'Europe/Moscow' } as const;
    assert.deepEqual(deadlineLines(deadline, telling).map(plain), ['Срок: 23 ноя 2026, 18:00']);
    const far = deadlineLines(
      { ...deadline, zone: 'Asia/Yekaterinburg', escalatesTo: 'Отдел рекламаций', provisional: true },
      telling,
    ).map(plain);
    assert.deepEqual(far.slice(1, 3), [
      'Срок: 23 ноя 2026, 20:00 (Asia/Yekaterinburg)',
      'При просрочке перейдёт: Отдел рекламаций',
    ]);
    assert.equal(far.length, 4);
  });
});
