import { namespaceOf } from './compile-graph.ts';
import { listOf, textOf } from './dmn-element.ts';
import { InvalidDmn, type DmnProblem } from './invalid-dmn.ts';
import { parse, readDmnWithImports, type DmnReading } from './read-dmn.ts';

/** A DMN file by name. */
export interface DmnText {
  readonly name: string;
  readonly content: string;
}

/** What became of one file; `imports` are the files it is read with, those that they import included. */
export type DmnFileReading<Text extends DmnText> =
  | { readonly ok: true; readonly reading: DmnReading; readonly imports: readonly Text[] }
  | { readonly ok: false; readonly problems: readonly DmnProblem[] };

/**
 * Reads files deployed together, which may import each other (DMN 1.5 §6.3.2) and models that were deployed before:
 * `findDeployed` gives the newest one of a namespace. Circles of imports are refused.
 */
export async function readDmnFiles<Text extends DmnText>(
  texts: readonly Text[],
  findDeployed: (namespace: string) => Promise<Text | undefined>,
): Promise<readonly DmnFileReading<Text>[]> {
  const parsed = new Map<Text, Promise<Header>>();
  const headerOf = (text: Text): Promise<Header> => {
    const known = parsed.get(text) ?? readHeader(text.content);
    parsed.set(text, known);
    return known;
  };
  const deployed = new Map<string, Promise<Text | undefined>>();
  const findOnce = (namespace: string): Promise<Text | undefined> => {
    const known = deployed.get(namespace) ?? findDeployed(namespace);
    deployed.set(namespace, known);
    return known;
  };

  const gather = async (text: Text): Promise<readonly Text[]> => {
    const found = new Set<Text>();
    const visit = async (one: Text, path: readonly Text[]): Promise<void> => {
      if (path.includes(one)) throw importCycle([...path.slice(path.indexOf(one)), one]);
      if (found.has(one)) return;
      if (one !== text) found.add(one);
      for (const namespace of (await headerOf(one)).imports) {
        const here: Text[] = [];
        for (const other of texts) if ((await namespaceOrNull(other, headerOf)) === namespace) here.push(other);
        if (here.length > 1) throw ambiguousImport(namespace, here);
        const imported = here[0] ?? (await findOnce(namespace));
        if (imported !== undefined) await visit(imported, [...path, one]);
      }
    };
    await visit(text, []);
    return [...found];
  };

  const readings: DmnFileReading<Text>[] = [];
  for (const text of texts) {
    try {
      const imports = await gather(text);
      const reading = await readDmnWithImports(
        text.content,
        imports.map(({ content }) => content),
      );
      readings.push({ ok: true, reading, imports });
    } catch (error) {
      if (!(error instanceof InvalidDmn)) throw error;
      readings.push({ ok: false, problems: error.problems });
    }
  }
  return readings;
}

interface Header {
  readonly namespace: string;
  readonly imports: readonly string[];
}

async function readHeader(xml: string): Promise<Header> {
  const { definitions } = await parse(xml);
  const imports = listOf(definitions, 'import').map((one) => textOf(one, 'namespace'));
  return { namespace: namespaceOf(definitions), imports };
}

/** A file that cannot be read is refused by itself, and nobody's import. */
async function namespaceOrNull<Text>(text: Text, headerOf: (text: Text) => Promise<Header>): Promise<string | null> {
  try {
    return (await headerOf(text)).namespace;
  } catch (error) {
    if (error instanceof InvalidDmn) return null;
    throw error;
  }
}

function importCycle(files: readonly DmnText[]): InvalidDmn {
  const way = files.map(({ name }) => name).join(' → ');
  return refusal('import-cycle', `Models import each other: ${way}.`, 'Cut one import.');
}

function ambiguousImport(namespace: string, files: readonly DmnText[]): InvalidDmn {
  const names = files.map(({ name }) => name).join(', ');
  return refusal(
    'ambiguous-import',
    `The imported model <${namespace}> is in several files: ${names}.`,
    'Give each file a namespace of its own.',
  );
}

function refusal(code: string, message: string, remedy: string): InvalidDmn {
  return new InvalidDmn([{ code, elementId: null, elementName: null, message, remedy }]);
}
