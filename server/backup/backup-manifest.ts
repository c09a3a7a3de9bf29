import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { BrokenArchive } from './tar.ts';

/** The last entry of an archive: what must have come before it. */
const Manifest = Type.Object({
  format: Type.Literal(1),
  createdAt: Type.String(),
  /** The last migration: the release that can read it. */
  migration: Type.String(),
  database: Type.Object({ size: Type.Integer(), sha256: Type.String() }),
  files: Type.Integer(),
});
export type BackupManifest = Static<typeof Manifest>;

export const MANIFEST = 'manifest.json';
export const DATABASE = 'reglament.sqlite';
/** `files/<sha256>` */
export const FILE_NAME = /^files\/([0-9a-f]{64})$/u;

export function readManifest(path: string, text: string): BackupManifest {
  try {
    const value: unknown = JSON.parse(text);
    if (Value.Check(Manifest, value)) return value;
  } catch {
    // Said below.
  }
  throw new BrokenArchive(path, 'its manifest does not read');
}
