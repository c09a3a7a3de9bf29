import assert from 'node:assert/strict';
import { PART_BYTES, sendInParts } from './send-in-parts.ts';

describe('a large file', () => {
  it('goes in parts, and goes on where the connection broke', async () => {
    const file = new Blob([new Uint8Array(2.5 * PART_BYTES).map((_, at) => at % 251)]);
    const arrived: Uint8Array[] = [];
    let breaksAt = 1;
    const received = (): Promise<number> => Promise.resolve(arrived.reduce((sum, { length }) => sum + length, 0));
    const sendPart = async (offset: number, part: Blob): Promise<number> => {
      assert.equal(offset, await received());
      const bytes = new Uint8Array(await part.arrayBuffer());
      const broken = arrived.length === breaksAt;
      arrived.push(broken ? bytes.slice(0, 1_000) : bytes);
      if (!broken) return received();
      breaksAt = -1;
      throw new Error('the connection broke');
    };
    await assert.rejects(sendInParts(file, { received, sendPart }));
    await sendInParts(file, { received, sendPart });
    assert.deepEqual(
      arrived.map(({ length }) => length),
      [PART_BYTES, 1_000, PART_BYTES, PART_BYTES / 2 - 1_000],
    );
    assert.deepEqual(Buffer.concat(arrived), Buffer.from(await file.arrayBuffer()));
  });
});
