import { BarcodeFormat, QRCodeWriter } from '@zxing/library';

/** A film of one picture, a QR code, in the format Chromium takes for its fake camera (`--use-file-for-fake-video-capture`). */
export function qrVideo(text: string): Uint8Array {
  const [width, height, frames] = [640, 480, 2];
  const code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 400, 400, new Map());
  const luma = new Uint8Array(width * height).fill(235);
  for (let y = 0; y < 400; y += 1)
    for (let x = 0; x < 400; x += 1) if (code.get(x, y)) luma[(y + 40) * width + x + 120] = 16;
  const chroma = new Uint8Array((width * height) / 2).fill(128);
  const head = new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  const frame = [new TextEncoder().encode('FRAME\n'), luma, chroma];
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame).flat()]);
}
