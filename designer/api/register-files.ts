import type { RegisterImportReport } from '#contract';
import { currentLanguage } from '../texts/i18n.ts';
import { ApiProblem, readProblem } from './api-problem.ts';
import { registerPath, type RegisterFilter } from './registers.ts';
import { withQuery } from './request.ts';

export type ImportMode = 'preview' | 'all' | 'good';

export interface ImportedFile {
  readonly registerKey: string;
  readonly file: File;
  /** The field of each column; guessed by the server when absent. */
  readonly mapping?: readonly (string | null)[];
}

/** @throws ApiProblem */
export async function importRows(
  imported: ImportedFile,
  mode: ImportMode,
  idempotencyKey?: string,
): Promise<RegisterImportReport> {
  return (await (await send(imported, 'import', { mode, idempotencyKey })).json()) as RegisterImportReport;
}

/** The rows that cannot be taken, as a file. @throws ApiProblem */
export async function badRows(imported: ImportedFile): Promise<Blob> {
  return (await send(imported, 'import/bad-rows', {})).blob();
}

export function exportUrl(registerKey: string, format: 'xlsx' | 'csv', filter: RegisterFilter): string {
  return withQuery(`${registerPath(registerKey)}/export`, { ...filter, format });
}

async function send(
  { registerKey, file, mapping }: ImportedFile,
  verb: string,
  { mode, idempotencyKey }: { readonly mode?: ImportMode; readonly idempotencyKey?: string | undefined },
): Promise<Response> {
  const body = new FormData();
  body.set('file', file, file.name);
  const path = withQuery(`${registerPath(registerKey)}/${verb}`, {
    mode,
    mapping: mapping && JSON.stringify(mapping),
  });
  const headers: Record<string, string> = { 'accept-language': currentLanguage() };
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const response = await fetch(path, { method: 'POST', body, headers, credentials: 'same-origin' }).catch(() => {
    throw new ApiProblem({ status: 0 });
  });
  if (!response.ok) throw await readProblem(response);
  return response;
}
