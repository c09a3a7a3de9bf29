import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createFileContent, type FileContent } from './create-file-content.ts';
import { FileTooLarge } from './file-refused.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('createFileContent', () => {
  let root: string;
  let content: FileContent;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'content-'));
    content = createFileContent({ root, maxBytes: 1_000_000 });
  });
  afterEach(() => rm(root, { recursive: true }));

  const staged = (): Promise<string[]> => readdir(join(root, 'staged'));

  it('stores bytes and streams under their hash, once', async () => {
    const bytes = Buffer.alloc(300_000, 'фото');
    const chunks = [bytes.subarray(0, 7), bytes.subarray(7, 200_000), bytes.subarray(200_000)];
    const first = await content.put(Readable.from(chunks));
    const second = await content.put(bytes);
    const hash = sha256(bytes);
    assert.deepEqual(
      [first, second],
      [
        { sha256: hash, size: 300_000 },
        { sha256: hash, size: 300_000 },
      ],
    );
    assert.deepEqual(await readdir(join(root, hash.slice(0, 2), hash.slice(2, 4))), [hash]);
    assert.deepEqual(await readAll(await content.open(hash)), bytes);
    assert.deepEqual(await readAll(await content.open(hash, { start: 2, end: 9 })), bytes.subarray(2, 10));
    assert.deepEqual(await staged(), []);
  });

  it('stops a stream at the cap and leaves nothing', async () => {
    let produced = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc((produced += 100_000) && 100_000);
    }
    await assert.rejects(content.put(endless()), (error) => {
      assert.ok(error instanceof FileTooLarge);
      assert.deepEqual([error.code, error.maxBytes], ['too-large', 1_000_000]);
      return true;
    });
    assert.ok(produced <= 1_200_000, 'the source was not drained');
    await assert.rejects(content.put(Buffer.alloc(11), { maxBytes: 10 }), FileTooLarge);
    assert.deepEqual(await staged(), []);
  });

  it('a broken upload leaves nothing', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('connection lost');
    }
    await assert.rejects(content.put(broken()), /connection lost/u);
    assert.deepEqual(await staged(), []);
  });

  it('staged content becomes visible on commit and vanishes on discard', async () => {
    const kept = await content.stage(Buffer.from('kept'));
    const dropped = await content.stage(Buffer.from('dropped'));
    assert.equal(await content.exists(kept.sha256), false);
    assert.equal(Buffer.from(kept.head).toString(), 'kept');
    await kept.commit();
    await dropped.discard();
    assert.deepEqual([await content.exists(kept.sha256), await content.exists(dropped.sha256)], [true, false]);
    assert.deepEqual(await staged(), []);
  });

  it('sweeps what a killed process left', async () => {
    await content.stage(Buffer.from('left'));
    assert.equal(await content.sweepStaged(new Date(0)), 0);
    assert.equal(await content.sweepStaged(new Date(8.64e15)), 1);
    assert.deepEqual(await staged(), []);
  });

  it('deletes, and takes only hashes as addresses', async () => {
    const { sha256: hash } = await content.put(Buffer.from('x'));
    await content.delete(hash);
    await content.delete(hash);
    assert.equal(await content.exists(hash), false);
    await assert.rejects(content.open(hash), { code: 'ENOENT' });
    for (const address of ['../../etc/passwd', `${'a'.repeat(63)}/`, hash.toUpperCase(), '']) {
      await assert.rejects(async () => content.open(address), /Expected a SHA-256/u);
    }
  });
});
