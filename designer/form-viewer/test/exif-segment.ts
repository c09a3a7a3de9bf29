/** An APP1 segment as a camera writes it: orientation in the first table, the time in the EXIF table. For tests. */
export function exifSegment(facts: {
  readonly takenAt: string;
  readonly orientation: number;
  readonly littleEndian: boolean;
}): Uint8Array {
  const { takenAt, orientation, littleEndian } = facts;
  const bytes = new Uint8Array(4 + 6 + 8 + 2 + 2 * 12 + 4 + 2 + 12 + 4 + 20);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, bytes.length - 2);
  bytes.set(new TextEncoder().encode('Exif\0\0'), 4);
  const tiff = 10;
  view.setUint16(tiff, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(tiff + 2, 42, littleEndian);
  view.setUint32(tiff + 4, 8, littleEndian);
  const entry = (at: number, tag: number, type: number, count: number): void => {
    view.setUint16(tiff + at, tag, littleEndian);
    view.setUint16(tiff + at + 2, type, littleEndian);
    view.setUint32(tiff + at + 4, count, littleEndian);
  };
  view.setUint16(tiff + 8, 2, littleEndian);
  entry(10, 0x0112, 3, 1);
  view.setUint16(tiff + 18, orientation, littleEndian);
  entry(22, 0x8769, 4, 1);
  const exif = 8 + 2 + 24 + 4;
  view.setUint32(tiff + 30, exif, littleEndian);
  view.setUint16(tiff + exif, 1, littleEndian);
  entry(exif + 2, 0x9003, 2, 20);
  const text = exif + 2 + 12 + 4;
  view.setUint32(tiff + exif + 10, text, littleEndian);
  bytes.set(new TextEncoder().encode(takenAt), tiff + text);
  return bytes;
}
