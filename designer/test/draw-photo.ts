import { crc32, deflateSync } from 'node:zlib';

/** A picture of a carton that has seen better days, so that thumbnails and the lightbox have something to show. */
export function drawPhoto(seed: number, width = 960, height = 720): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  const dent = { x: width * (0.35 + (seed % 3) * 0.15), y: height * 0.5, r: 60 + (seed % 4) * 30 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = pixel({ x, y, width, height, seed, dent });
      rows.set([red, green, blue], y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly dent: { readonly x: number; readonly y: number; readonly r: number };
}

function pixel({ x, y, width, height, seed, dent }: Spot): readonly [number, number, number] {
  const [u, v] = [x / width, y / height];
  const inside = u > 0.16 && u < 0.84 && v > 0.2 && v < 0.86;
  const shade = 1 - 0.35 * v;
  if (!inside) return [118 * shade, 126 * shade, 134 * shade];
  const distance = Math.hypot(x - dent.x, y - dent.y);
  const hole = distance < dent.r ? 0.35 + 0.4 * (distance / dent.r) : 1;
  const tape = Math.abs(u - 0.5) < 0.03 ? 1.18 : 1;
  const grain = 0.96 + 0.08 * ((Math.sin(x * 0.7 + seed) + Math.sin(y * 1.3)) / 2);
  const light = shade * hole * tape * grain * (0.9 + 0.25 * u);
  return [Math.min(255, 196 * light), Math.min(255, 156 * light), Math.min(255, 104 * light)];
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, sum]);
}
