import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Refused } from '../http/refused.ts';
import { createPartialUploads } from './partial-uploads.ts';

describe('a file that arrives in parts', () => {
  const root = mkdtempSync(join(tmpdir(), 'reglament-parts-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  let time = Date.now();
  const uploads = createPartialUploads({ root, maxPerFile: 10, maxPerOwner: 15, now: () => time });
  const video = { owner: 'anna', key: 'video-0123456789' };
  const photo = { owner: 'anna', key: 'photo-0123456789' };
  const append = (id: typeof video, offset: number, ...texts: readonly (string | Error)[]): Promise<number> =>
    uploads.append(id, { offset, bytes: chunks(texts) });
  const refusal = (code: string) => (error: unknown) => error instanceof Refused && error.code === code;

  it('keeps what has come of a part that was cut off, and goes on from there', async () => {
    assert.equal(await uploads.received(video), 0);
    assert.equal(await append(video, 0, 'ab', 'c'), 3);
    await assert.rejects(append(video, 3, 'd', new Error('the connection broke')), /broke/);
    assert.equal(await uploads.received(video), 4);
    await assert.rejects(append(video, 3, 'd'), refusal('conflict'));
    assert.equal(await append(video, 4, 'ef'), 6);
    assert.equal((await buffer(await uploads.open(video))).toString(), 'abcdef');
  });

  it('belongs to its sender', async () => {
    assert.equal(await uploads.received({ ...video, owner: 'boris' }), 0);
    await assert.rejects(uploads.open({ ...video, owner: 'boris' }), refusal('not-found'));
  });

  it('takes one part at a time', async () => {
    const [first, second] = await Promise.allSettled([append(photo, 0, 'a', 'b'), append(photo, 0, 'c')]);
    assert.deepEqual([first.status, second.status], ['fulfilled', 'rejected']);
    assert.equal((await buffer(await uploads.open(photo))).toString(), 'ab');
  });

  it('is refused and let go when it grows too large, alone or with the others of its sender', async () => {
    await assert.rejects(append(video, 6, 'ghijk'), refusal('too-large'));
    assert.equal(await uploads.received(video), 0);
    assert.equal(await append(video, 0, 'a'.repeat(10)), 10);
    await assert.rejects(append(photo, 2, 'cdef'), refusal('too-large'));
  });

  it('counts what arrives at the same time against the limit of its sender', async () => {
    const keys = ['first', 'second', 'third'].map((key) => ({ owner: 'clara', key }));
    const all = await Promise.allSettled(keys.map((id) => append(id, 0, 'abc', 'def', 'g')));
    const here = await Promise.all(keys.map((id) => uploads.received(id)));
    assert.ok(here.reduce((sum, size) => sum + size, 0) <= 15, here.join());
    assert.ok(all.some(({ status }) => status === 'rejected'));
    await Promise.all(keys.map((id) => uploads.discard(id)));
    assert.equal(await append(keys[0]!, 0, 'a'.repeat(10)), 10, 'what went away leaves room');
    await uploads.discard(keys[0]!);
  });

  it('is refused when all senders together have no room left, however many begin at once, until some goes away', async () => {
    const everybody = createPartialUploads({
      root: `${root}-all`,
      maxPerFile: 10,
      maxPerOwner: 10,
      maxInAll: { bytes: () => Promise.resolve(20), files: 5 },
      keepMs: 60 * 60_000,
      now: () => time,
    });
    const give = (owner: string, ...texts: string[]) =>
      everybody.append({ owner, key: 'k' }, { offset: 0, bytes: chunks(texts) });
    const all = await Promise.allSettled(['a', 'b', 'c', 'd'].map((owner) => give(owner, 'abcd', 'efg')));
    const here = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => everybody.received({ owner, key: 'k' })));
    assert.ok(here.reduce((sum, size) => sum + size, 0) <= 20, here.join());
    assert.ok(all.some(({ status }) => status === 'rejected'));
    await assert.rejects(give('e', 'abcdefgh'), refusal('quota-exceeded'));
    await everybody.discard({ owner: 'a', key: 'k' });
    assert.equal(await give('f', 'abc'), 3, 'what went away leaves room');
    for (const owner of ['g', 'h', 'i']) await give(owner, '').catch(() => undefined);
    time += 11_000;
    await assert.rejects(give('j', ''), refusal('quota-exceeded'), 'counted anew, there are too many');
    time += 2 * 60 * 60_000;
    assert.ok((await everybody.sweep()) > 0);
    assert.equal(await give('k', 'abc'), 3);
    rmSync(`${root}-all`, { recursive: true });
  });

  it('is swept away when nobody has gone on with it for a day', async () => {
    assert.equal(await uploads.sweep(), 0);
    time += 25 * 60 * 60_000;
    assert.equal(await uploads.sweep(), 1);
    assert.deepEqual(readdirSync(root), []);
  });
});

async function* chunks(texts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield await Promise.resolve(Buffer.from(text));
  }
}
