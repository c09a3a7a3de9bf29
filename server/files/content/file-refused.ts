export type FileRefusalCode = 'mislabelled' | 'type-not-allowed' | 'too-large' | 'empty';

export type Explanation = { readonly message: string; readonly remedy: string };

/** A file that is not taken in. `message` and `remedy` are Russian; `texts` holds both languages. Nothing is kept. */
export class FileRefused extends Error {
  override readonly name: string = 'FileRefused';
  readonly code: FileRefusalCode;
  readonly remedy: string;
  readonly texts: { readonly ru: Explanation; readonly en: Explanation };
  /** The safe name to show, where one was given. */
  readonly fileName: string | undefined;

  constructor(
    code: FileRefusalCode,
    refusal: { readonly fileName?: string | undefined; readonly ru: Explanation; readonly en: Explanation },
  ) {
    super(refusal.ru.message);
    this.code = code;
    this.fileName = refusal.fileName;
    this.remedy = refusal.ru.remedy;
    this.texts = { ru: refusal.ru, en: refusal.en };
  }
}

/** Thrown while streaming, as soon as the cap is passed; what was written so far is removed. */
export class FileTooLarge extends FileRefused {
  override readonly name = 'FileTooLarge';
  readonly maxBytes: number;

  constructor(maxBytes: number, fileName?: string) {
    const megabytes = maxBytes / 1024 / 1024;
    const ru = megabytes.toLocaleString('ru-RU', { maximumFractionDigits: 1 });
    const en = megabytes.toLocaleString('en-US', { maximumFractionDigits: 1 });
    super('too-large', {
      fileName,
      ru: {
        message: `Файл${fileName === undefined ? '' : ` «${fileName}»`} больше ${ru} МБ.`,
        remedy: 'Уменьшите фотографию или видео, либо разделите документ на части и приложите их отдельно.',
      },
      en: {
        message: `The file${fileName === undefined ? '' : ` "${fileName}"`} is larger than ${en} MB.`,
        remedy: 'Make the photo or video smaller, or split the document and attach the parts separately.',
      },
    });
    this.maxBytes = maxBytes;
  }
}
