import { BrowserMultiFormatReader } from '@zxing/browser';
import { BarcodeFormat, DecodeHintType } from '@zxing/library';
import type { CodeReader } from './code-reader.ts';

const FORMATS = [
  BarcodeFormat.QR_CODE,
  BarcodeFormat.DATA_MATRIX,
  BarcodeFormat.CODE_128,
  BarcodeFormat.CODE_39,
  BarcodeFormat.EAN_13,
  BarcodeFormat.ITF,
  BarcodeFormat.PDF_417,
];
/** More pixels make a decode slower than the next picture and read no better. */
const MAX_SIDE = 1280;

export function openZxingReader(): CodeReader {
  const reader = new BrowserMultiFormatReader(
    new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, FORMATS]]),
  );
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    read: (video) => {
      const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      if (!context || canvas.width === 0) return Promise.resolve(undefined);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      return Promise.resolve(decode(reader, canvas));
    },
  };
}

/** ZXing throws when there is no code in the picture, which is the usual case and no failure. */
function decode(reader: BrowserMultiFormatReader, canvas: HTMLCanvasElement): string | undefined {
  try {
    return reader.decodeFromCanvas(canvas).getText();
  } catch {
    return undefined;
  }
}
