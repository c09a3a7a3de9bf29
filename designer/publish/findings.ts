import type { LintFindingView } from '#contract';

export interface FileFindings {
  readonly name: string;
  /** Errors first. */
  readonly findings: readonly LintFindingView[];
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** What was found, by file, in the order of the files. */
export function findingsByFile(
  names: readonly string[],
  findings: readonly LintFindingView[],
): readonly FileFindings[] {
  return names.map((name) => {
    const own = findings.filter(({ file }) => file === name);
    const bySeverity = (wanted: string) => own.filter(({ severity }) => severity === wanted);
    return { name, findings: [...bySeverity('error'), ...bySeverity('warning')] };
  });
}

export function countFindings(findings: readonly LintFindingView[]): FindingCounts {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

/** Where a finding stands on the diagram: its element, else the way that leads to it. */
export function placesOf({ elementId, path }: LintFindingView): readonly string[] {
  const way = path.map((step) => step.elementId);
  return elementId === null ? way : [elementId, ...way];
}
