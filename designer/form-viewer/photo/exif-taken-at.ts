/** When a JPEG was taken by the clock of its camera (EXIF DateTimeOriginal), `2026-11-28T14:30:00`; undefined when it does not say. */
export function exifTakenAt(bytes: ArrayBuffer): string | undefined {
  const view = new DataView(bytes);
  const tiff = tiffStart(view);
  if (tiff === undefined) return undefined;
  try {
    return readTakenAt(view, tiff);
  } catch (error) {
    // Offsets in a damaged file point beyond its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const EXIF_TABLE = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;

/** The start of the TIFF structure inside the APP1 segment. */
function tiffStart(view: DataView): number | undefined {
  if (view.byteLength < 12 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 10 < view.byteLength) {
    const marker = view.getUint16(at);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return undefined;
    // "Exif" and two zeros.
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function readTakenAt(view: DataView, tiff: number): string | undefined {
  const little = view.getUint16(tiff) === 0x4949;
  const entry = (table: number, tag: number): number | undefined => {
    const count = view.getUint16(tiff + table, little);
    for (let index = 0; index < count; index += 1) {
      const at = tiff + table + 2 + index * 12;
      if (view.getUint16(at, little) === tag) return view.getUint32(at + 8, little);
    }
    return undefined;
  };
  const exif = entry(view.getUint32(tiff + 4, little), EXIF_TABLE);
  const place = exif === undefined ? undefined : entry(exif, DATE_TIME_ORIGINAL);
  if (place === undefined) return undefined;
  const text = Array.from({ length: 19 }, (_, index) => String.fromCharCode(view.getUint8(tiff + place + index))).join(
    '',
  );
  const parts = /^([12]\d{3}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text);
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}` : undefined;
}
