import type { LintReport } from '#contract';
import { currentLanguage } from '../texts/i18n.ts';
import { ApiProblem, readProblem } from './api-problem.ts';

/** What one file has come to: the part of the answer of `POST /v2/deployments` that people are shown. */
export interface PublishedDefinition {
  readonly kind: 'process' | 'decision' | 'form' | 'resource';
  readonly id: string;
  readonly version: number;
}

interface DeploymentAnswer {
  readonly deployments: readonly {
    readonly processDefinition?: { readonly processDefinitionId: string; readonly processDefinitionVersion: number };
    readonly decisionDefinition?: { readonly decisionDefinitionId: string; readonly version: number };
    readonly form?: { readonly formId: string; readonly version: number };
    readonly resource?: { readonly resourceId: string; readonly version: number };
  }[];
}

/** What would refuse these files, and what would be warned of; nothing is stored. @throws ApiProblem */
export async function lintFiles(files: readonly File[], signal: AbortSignal): Promise<LintReport> {
  return (await (await send('/api/lint', files, signal)).json()) as LintReport;
}

/** All of them or none. The same files once more give the same versions. @throws ApiProblem */
export async function publishFiles(files: readonly File[]): Promise<readonly PublishedDefinition[]> {
  const { deployments } = (await (await send('/v2/deployments', files)).json()) as DeploymentAnswer;
  return deployments.flatMap(({ processDefinition, decisionDefinition, form, resource }): PublishedDefinition[] => {
    if (processDefinition) {
      const { processDefinitionId: id, processDefinitionVersion: version } = processDefinition;
      return [{ kind: 'process', id, version }];
    }
    if (decisionDefinition) {
      const { decisionDefinitionId: id, version } = decisionDefinition;
      return [{ kind: 'decision', id, version }];
    }
    if (form) return [{ kind: 'form', id: form.formId, version: form.version }];
    return resource ? [{ kind: 'resource', id: resource.resourceId, version: resource.version }] : [];
  });
}

async function send(path: string, files: readonly File[], signal?: AbortSignal): Promise<Response> {
  const body = new FormData();
  for (const file of files) body.append('resources', file, file.name);
  const headers = { accept: 'application/json', 'accept-language': currentLanguage() };
  const response = await fetch(path, { method: 'POST', body, headers, credentials: 'same-origin', signal }).catch(
    (error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiProblem({ status: 0 });
    },
  );
  if (!response.ok) throw await readProblem(response);
  return response;
}
