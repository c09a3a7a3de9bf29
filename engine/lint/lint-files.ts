import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { DecisionModel } from '../decisions/decision-model.ts';
import { InvalidDmn } from '../decisions/invalid-dmn.ts';
import { readDmnFiles, type DmnText } from '../decisions/read-dmn-files.ts';
import type { FormModel } from '../forms/form-definition.ts';
import { InvalidForm } from '../forms/invalid-form.ts';
import { readForm } from '../forms/read-form.ts';
import type { ProcessModel } from '../model/process-model.ts';
import type { LintFinding } from './lint-finding.ts';
import { lintDecision } from './lint-decision.ts';
import { lintForm } from './lint-form.ts';
import { lintProcess } from './lint-process.ts';
import type { LintSurroundings, ReferencedKind } from './lint-rule.ts';
import { readerFinding } from './reader-finding.ts';

/** A file as it would be deployed; its ending says how it is read. */
export interface LintFile {
  readonly name: string;
  readonly content: string;
}

export interface FileFinding extends LintFinding {
  readonly file: string;
}

/** What one file defines, as far as others may refer to it. */
interface Reading {
  readonly file: LintFile;
  readonly processes: readonly ProcessModel[];
  readonly decisions: readonly DecisionModel[];
  readonly form: FormModel | null;
  readonly findings: readonly LintFinding[];
}

/**
 * Everything wrong with some files: what the readers refuse, and what the rules find in the processes, decisions (`.dmn`) and
 * forms (`.form.json`) that compile. They count as deployed together.
 */
export async function lintFiles(
  files: readonly LintFile[],
  surroundings: LintSurroundings = {},
): Promise<readonly FileFinding[]> {
  const readings = [
    ...(await Promise.all(files.filter((file) => !isDmn(file)).map(read))),
    ...(await readDecisions(files.filter(isDmn), surroundings)),
  ].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file));
  const ids: Readonly<Record<ReferencedKind, ReadonlySet<string>>> = {
    process: new Set(readings.flatMap(({ processes }) => processes.map(({ processId }) => processId))),
    decision: new Set(readings.flatMap(({ decisions }) => decisions.map(({ decisionId }) => decisionId))),
    form: new Set(readings.flatMap(({ form }) => form?.key ?? [])),
  };
  const forms = new Map(readings.flatMap(({ form }) => (form === null ? [] : [[form.key, form] as const])));
  const decisions = new Map(
    readings.flatMap((reading) => reading.decisions.map((decision) => [decision.decisionId, decision] as const)),
  );
  const { references } = surroundings;
  const around: LintSurroundings = {
    ...surroundings,
    references: {
      complete: references?.complete ?? false,
      exists: (kind, to) => ids[kind].has(to.id.text) || references?.exists(kind, to) === true,
    },
    formOf: (formId) => forms.get(formId) ?? surroundings.formOf?.(formId),
    decisionOf: (decisionId) => decisions.get(decisionId) ?? surroundings.decisionOf?.(decisionId),
  };
  return readings.flatMap(({ file, processes, decisions: own, form, findings }) =>
    [
      ...findings,
      ...processes.flatMap((process) => lintProcess(process, around)),
      ...own.flatMap((decision) => lintDecision(decision)),
      ...(form === null ? [] : lintForm(form)),
    ].map((finding) => ({
      ...finding,
      line: finding.line ?? lineOf(file.content, finding.elementId),
      file: file.name,
    })),
  );
}

/** One BPMN text; `resources` are files that it may refer to. */
export async function lintBpmn(
  xml: string,
  { resources = [], ...surroundings }: LintSurroundings & { readonly resources?: readonly LintFile[] } = {},
): Promise<readonly LintFinding[]> {
  const model = { name: 'model.bpmn', content: xml };
  const findings = await lintFiles([model, ...resources], surroundings);
  return findings.filter(({ file }) => file === model.name);
}

function isDmn({ name }: LintFile): boolean {
  return name.endsWith('.dmn');
}

/** DMN files are read together: they may import each other, and models that are deployed. */
async function readDecisions(files: readonly LintFile[], { dmnOf }: LintSurroundings): Promise<readonly Reading[]> {
  const readings = await readDmnFiles<DmnText>(files, async (namespace) => dmnOf?.(namespace));
  return readings.map((reading, index) => ({
    file: files[index]!,
    processes: [],
    decisions: reading.ok ? reading.reading.decisions : [],
    form: null,
    findings: reading.ok ? [] : reading.problems.map(readerFinding),
  }));
}

async function read(file: LintFile): Promise<Reading> {
  const nothing = { file, processes: [], decisions: [], form: null, findings: [] };
  try {
    if (file.name.endsWith('.bpmn')) return { ...nothing, processes: (await readBpmn(file.content)).processes };
    if (file.name.endsWith('.form.json')) return { ...nothing, form: readForm(JSON.parse(file.content) as unknown) };
    return nothing;
  } catch (error) {
    return { ...nothing, findings: problemsOf(error) };
  }
}

function problemsOf(error: unknown): readonly LintFinding[] {
  if (error instanceof InvalidBpmn || error instanceof InvalidDmn) return error.problems.map(readerFinding);
  if (error instanceof InvalidForm) {
    return error.problems.map(({ path, message, remedy }) =>
      readerFinding({
        code: 'invalid-form',
        message: `${path || '/'}: ${message}`,
        remedy,
        elementId: null,
        elementName: null,
      }),
    );
  }
  if (error instanceof SyntaxError) {
    const remedy = 'Correct the JSON.';
    return [
      readerFinding({ code: 'invalid-json', message: error.message, remedy, elementId: null, elementName: null }),
    ];
  }
  throw error;
}

function lineOf(content: string, elementId: string | null): number | null {
  if (elementId === null) return null;
  // Ids that passed the readers: letters, digits and _ . - ; of a form a path, which no attribute holds.
  if (elementId.startsWith('/')) return null;
  const at = content.search(new RegExp(`\\bid\\s*=\\s*["']${elementId.replaceAll('.', '\\.')}["']`));
  return at < 0 ? null : content.slice(0, at).split('\n').length;
}
