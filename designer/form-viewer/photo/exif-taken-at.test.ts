import assert from 'node:assert/strict';
import { exifSegment } from '../test/exif-segment.ts';
import { exifTakenAt } from './exif-taken-at.ts';

const bytesOf = (...parts: readonly Uint8Array[]): ArrayBuffer => new Uint8Array(Buffer.concat(parts)).buffer;
const START = new Uint8Array([0xff, 0xd8]);
const REST = new Uint8Array(64).fill(7);

describe('the time a photo was taken', () => {
  for (const littleEndian of [true, false]) {
    it(`is read in either byte order (${littleEndian ? 'II' : 'MM'})`, () => {
      const segment = exifSegment({ takenAt: '2026:11:20 08:15:00', orientation: 6, littleEndian });
      assert.equal(exifTakenAt(bytesOf(START, segment, REST)), '2026-11-20T08:15:00');
    });
  }
  it('is unknown without EXIF, in other files and in damaged ones', () => {
    const segment = exifSegment({ takenAt: '2026:11:20 08:15:00', orientation: 1, littleEndian: true });
    assert.equal(exifTakenAt(bytesOf(START, REST)), undefined);
    assert.equal(exifTakenAt(bytesOf(new Uint8Array([0x89, 0x50]), REST)), undefined);
    assert.equal(exifTakenAt(bytesOf(START, segment.slice(0, 40))), undefined);
    assert.equal(exifTakenAt(new ArrayBuffer(0)), undefined);
    for (let cut = 2; cut < segment.length; cut += 1) exifTakenAt(bytesOf(START, segment.slice(0, cut)));
  });
  it('of a camera without a clock is unknown', () => {
    const segment = exifSegment({ takenAt: '0000:00:00 00:00:00', orientation: 1, littleEndian: true });
    assert.equal(exifTakenAt(bytesOf(START, segment, REST)), undefined);
  });
});
