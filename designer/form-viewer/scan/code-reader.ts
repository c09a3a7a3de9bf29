/** Reads a barcode or QR code off the picture of a running video. */
export interface CodeReader {
  /** The text of a code in sight now, or undefined. */
  readonly read: (video: HTMLVideoElement) => Promise<string | undefined>;
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** What stands on plates and packages; a longer list makes every picture slower and misreads likelier. */
const FORMATS = ['qr_code', 'data_matrix', 'code_128', 'code_39', 'ean_13', 'itf', 'pdf417'];

/** The browser's own detector where it has one (Chrome on Android, macOS), else ZXing in a chunk of its own. */
export async function openCodeReader(): Promise<CodeReader> {
  const Detector = (globalThis as { readonly BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const supported = Detector ? await Detector.getSupportedFormats().catch(() => []) : [];
  const formats = FORMATS.filter((format) => supported.includes(format));
  if (Detector && formats.length > 0) {
    const detector = new Detector({ formats });
    return { read: async (video) => (await detector.detect(video))[0]?.rawValue };
  }
  const { openZxingReader } = await import('./zxing-reader.ts');
  return openZxingReader();
}
