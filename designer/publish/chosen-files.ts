/** A file as it was when it was chosen: an editor may save over it meanwhile, and a browser cannot read it then. */
export interface ChosenFile {
  readonly file: File;
  readonly text: string;
}

/** What `POST /v2/deployments` takes by itself; templates and packs are told apart by their folders and come by command. */
export const ENDINGS = [
  '.bpmn',
  '.dmn',
  '.form.json',
  '.fragment.json',
  '.register.json',
  '.calendar.json',
  '.schedule.json',
] as const;

export interface Choice {
  readonly files: readonly ChosenFile[];
  /** Names of those that are of no kind known here. */
  readonly refused: readonly string[];
}

/** A file of the same name takes the place of the one before: that is how a mended model is checked again. */
export async function addFiles(chosen: readonly ChosenFile[], added: readonly File[]): Promise<Choice> {
  const known = added.filter(({ name }) => ENDINGS.some((ending) => name.endsWith(ending)));
  const read = await Promise.all(
    known.map(async (file) => {
      const bytes = await file.arrayBuffer();
      return { file: new File([bytes], file.name), text: new TextDecoder().decode(bytes) };
    }),
  );
  const names = new Set(known.map(({ name }) => name));
  return {
    files: [...chosen.filter(({ file }) => !names.has(file.name)), ...read].sort((one, other) =>
      one.file.name.localeCompare(other.file.name),
    ),
    refused: added.filter((file) => !known.includes(file)).map(({ name }) => name),
  };
}
