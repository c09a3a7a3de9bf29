import { fileTypeFromBuffer } from 'file-type';
import { contentKinds, type ContentGroup, type ContentKind } from './content-kinds.ts';
import { FileRefused, FileTooLarge } from './file-refused.ts';
import { isPlainText } from './is-plain-text.ts';
import { safeFileName } from './safe-file-name.ts';

/** What is inspected: the beginning for binary kinds, all of it for text. */
export type ContentSource = {
  readonly size: number;
  readonly head: Uint8Array;
  readonly open: () => AsyncIterable<Uint8Array>;
};

export type ContentRules = {
  readonly kinds: readonly ContentKind[];
  readonly maxBytes: Readonly<Record<ContentGroup, number>>;
};

/** domain.md §2.0: photos to 20 MB, videos to 200 MB. */
export const defaultContentRules: ContentRules = {
  kinds: Object.keys(contentKinds) as ContentKind[],
  maxBytes: { image: 20 * 1024 * 1024, video: 200 * 1024 * 1024, document: 20 * 1024 * 1024 },
};

export type InspectedContent = {
  readonly kind: ContentKind;
  readonly group: ContentGroup;
  /** By content, never as declared. */
  readonly mimeType: string;
  /** Safe to show and to offer for download, with the extension of its kind. */
  readonly fileName: string;
};

/** Declared types that claim nothing. */
const VAGUE_TYPES = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/x-download']);

function bytesAsSource(bytes: Uint8Array): ContentSource {
  return {
    size: bytes.length,
    head: bytes,
    open: async function* () {
      yield bytes;
    },
  };
}

/**
 * Decides what a file is by its content and whether it may stay.
 *
 * @throws FileRefused `empty`, `type-not-allowed`, `mislabelled` (the name or declared type claims another kind);
 *   FileTooLarge where it exceeds the cap of its group
 */
export async function inspectContent(
  source: ContentSource | Uint8Array,
  claim: { readonly name: string; readonly mimeType?: string },
  rules: ContentRules = defaultContentRules,
): Promise<InspectedContent> {
  const content = source instanceof Uint8Array ? bytesAsSource(source) : source;
  const fileName = safeFileName(claim.name);
  if (content.size === 0) {
    throw new FileRefused('empty', {
      fileName,
      ru: { message: `Файл «${fileName}» пуст.`, remedy: 'Проверьте файл и приложите его ещё раз.' },
      en: { message: `The file "${fileName}" is empty.`, remedy: 'Check the file and attach it again.' },
    });
  }

  const extension = /\.([\p{L}\p{N}]{1,10})$/u.exec(fileName)?.[1]?.toLowerCase();
  const kind = await recogniseKind(content, extension);
  if (kind === undefined || !rules.kinds.includes(kind)) throw notAllowed(fileName, rules);

  const facts = contentKinds[kind];
  const declared = (claim.mimeType ?? '').split(';')[0]!.trim().toLowerCase();
  const nameFits = extension === undefined || facts.extensions.includes(extension);
  const typeFits = VAGUE_TYPES.has(declared) || facts.declared.includes(declared);
  if (!nameFits || !typeFits) throw mislabelled(fileName, kind, nameFits ? declared : `.${extension}`);
  if (content.size > rules.maxBytes[facts.group]) throw new FileTooLarge(rules.maxBytes[facts.group], fileName);

  return {
    kind,
    group: facts.group,
    mimeType: facts.mimeType,
    fileName: extension === undefined ? `${fileName}.${facts.extensions[0]}` : fileName,
  };
}

async function recogniseKind(content: ContentSource, extension: string | undefined): Promise<ContentKind | undefined> {
  // file-type throws at the end of a cut-off container; unrecognised is what that means here.
  const detected = await fileTypeFromBuffer(content.head).catch(() => undefined);
  if (detected !== undefined) {
    const kinds = Object.entries(contentKinds) as [ContentKind, (typeof contentKinds)[ContentKind]][];
    return kinds.find(([, facts]) => facts.detected.includes(detected.mime))?.[0];
  }
  if (!(await isPlainText(content.open()))) return undefined;
  return extension === 'csv' ? 'csv' : 'text';
}

function notAllowed(fileName: string, rules: ContentRules): FileRefused {
  const list = rules.kinds.map((kind) => contentKinds[kind].extensions[0]).join(', ');
  return new FileRefused('type-not-allowed', {
    fileName,
    ru: {
      message: `Файлы такого вида не принимаются: «${fileName}».`,
      remedy: `Сохраните содержимое в одном из видов: ${list}. Страницы HTML и рисунки SVG не принимаются.`,
    },
    en: {
      message: `Files of this kind are not accepted: "${fileName}".`,
      remedy: `Save the content as one of: ${list}. HTML pages and SVG drawings are not accepted.`,
    },
  });
}

function mislabelled(fileName: string, kind: ContentKind, claimed: string): FileRefused {
  const real = contentKinds[kind].extensions[0]!;
  return new FileRefused('mislabelled', {
    fileName,
    ru: {
      message: `Файл «${fileName}» назван как «${claimed}», а внутри ${real}.`,
      remedy: `Переименуйте файл с расширением .${real} или сохраните его заново в нужном виде и приложите снова.`,
    },
    en: {
      message: `The file "${fileName}" claims to be "${claimed}" but contains ${real}.`,
      remedy: `Rename it with the extension .${real}, or save it again in the kind you want, and attach it again.`,
    },
  });
}
