import { Type, type Static } from '@sinclair/typebox';
import type { Request } from 'express';
import type { Database } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { type Scope } from '../identity/scope.ts';
import type { ActivatedJob } from '../worker/claim-jobs.ts';
import type { Jobs } from '../worker/jobs.ts';
import { TENANT } from './search/search-spec.ts';
import { readTags } from './read-tags.ts';
import { wireKey } from './wire-key.ts';
import { LongNumber, PlainText, requireOwnTenant } from './wire-schema.ts';

export const JobActivation = Type.Object(
  {
    type: Type.String({ minLength: 1, maxLength: 4_000, pattern: '^[^\\u0000]*$' }),
    worker: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' })),
    timeout: LongNumber,
    maxJobsToActivate: Type.Integer({ minimum: 1 }),
    fetchVariable: Type.Optional(Type.Array(PlainText, { maxItems: 1_000 })),
    requestTimeout: Type.Optional(LongNumber),
    tenantIds: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
  },
  { additionalProperties: false },
);

export const ActivatedJobs = Type.Object({
  jobs: Type.Array(
    Type.Object({
      jobKey: Type.String(),
      type: Type.String(),
      worker: Type.String(),
      retries: Type.Integer(),
      deadline: Type.Integer({ description: 'Epoch milliseconds at which the lease ends' }),
      variables: Type.Record(Type.String(), Type.Unknown()),
      customHeaders: Type.Record(Type.String(), Type.Unknown()),
      elementId: Type.String(),
      elementInstanceKey: Type.String(),
      processDefinitionId: Type.String(),
      processDefinitionVersion: Type.Integer(),
      processDefinitionKey: Type.String(),
      processInstanceKey: Type.String(),
      tenantId: Type.String(),
      kind: Type.Literal('BPMN_ELEMENT'),
      listenerEventType: Type.Literal('UNSPECIFIED'),
      tags: Type.Array(Type.String()),
    }),
  ),
});

/** An answer may hold fewer jobs than asked for; the worker simply asks again. */
const MOST_AT_ONCE = 500;
const LONGEST_LEASE = 30 * 24 * 60 * 60_000;

/**
 * Takes jobs under a lease, waiting for the first as long as `requestTimeout` says. A worker that hangs up is given none.
 * @throws Refused `invalid-request`
 */
export async function activateJobs(
  { database, jobs }: { readonly database: Database; readonly jobs: Jobs },
  {
    body,
    request,
    scope,
  }: { readonly body: Static<typeof JobActivation>; readonly request: Request; readonly scope: Scope },
): Promise<readonly object[]> {
  const timeout = Number(body.timeout);
  if (timeout < 1 || timeout > LONGEST_LEASE) {
    throw new Refused('invalid-request', {
      ru: `Поле timeout: от 1 до ${LONGEST_LEASE} мс, получено ${timeout}.`,
      en: `Expected timeout from 1 to ${LONGEST_LEASE} ms, got ${timeout}.`,
    });
  }
  requireOwnTenant(body.tenantIds);
  const gone = new AbortController();
  const hangUp = (): void => gone.abort();
  request.socket.once('close', hangUp);
  try {
    const activated = await jobs.activate({
      type: body.type,
      worker: body.worker ?? 'default',
      timeout,
      maxJobs: Math.min(body.maxJobsToActivate, MOST_AT_ONCE),
      fetchVariables: body.fetchVariable ?? [],
      requestTimeout: Number(body.requestTimeout ?? 0),
      signal: gone.signal,
      processIds: scope.all ? null : [...scope.ids],
    });
    const tags = await readTags(
      database,
      activated.map((job) => job.processInstanceKey),
    );
    return activated.map((job) => ({ ...jobView(job), tags: tags.get(job.processInstanceKey) ?? [] }));
  } finally {
    // The connection outlives the request, so a listener per request would pile up.
    request.socket.off('close', hangUp);
  }
}

function jobView(job: ActivatedJob): object {
  return {
    jobKey: wireKey(job.jobKey),
    type: job.type,
    worker: job.worker,
    retries: job.retries,
    deadline: job.deadline,
    variables: job.variables,
    customHeaders: job.headers,
    elementId: job.elementId,
    elementInstanceKey: wireKey(job.elementInstanceKey),
    processDefinitionId: job.processId,
    processDefinitionVersion: job.definitionVersion,
    processDefinitionKey: wireKey(job.processDefinitionKey),
    processInstanceKey: wireKey(job.processInstanceKey),
    tenantId: TENANT,
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
  };
}
