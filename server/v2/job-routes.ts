import { Type } from '@sinclair/typebox';
import type { Database } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { inScope, type Scope } from '../identity/scope.ts';
import type { Jobs } from '../worker/jobs.ts';
import { activateJobs, ActivatedJobs, JobActivation } from './activate-jobs.ts';
import { jobSearch, JobSearchResult, jobViews } from './job-search.ts';
import { OPERATE } from './operate-access.ts';
import { CHANGES_INSTANCES, READS_INSTANCES } from '../identity/route-grants.ts';
import { JOB } from './subjects.ts';
import { searchRoute } from './search/search-route.ts';
import { pathKey } from './wire-key.ts';
import {
  LongNumber,
  OperationReference,
  orNull,
  PlainText,
  refuseUnsupported,
  WireKey,
  WireVariables,
} from './wire-schema.ts';

const JobParams = Type.Object({ jobKey: WireKey });
const Retries = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const Completion = Type.Object(
  { variables: Type.Optional(orNull(WireVariables)), result: Type.Optional(Type.Unknown()) },
  { additionalProperties: false },
);
const Failure = Type.Object(
  {
    retries: Type.Optional(Retries),
    errorMessage: Type.Optional(PlainText),
    retryBackOff: Type.Optional(LongNumber),
    variables: Type.Optional(WireVariables),
  },
  { additionalProperties: false },
);
const ThrownError = Type.Object(
  {
    errorCode: PlainText,
    errorMessage: Type.Optional(orNull(PlainText)),
    variables: Type.Optional(orNull(WireVariables)),
  },
  { additionalProperties: false },
);
const Update = Type.Object(
  {
    changeset: Type.Object(
      { retries: Type.Optional(orNull(Retries)), timeout: Type.Optional(orNull(LongNumber)) },
      { additionalProperties: false },
    ),
    operationReference: OperationReference,
  },
  { additionalProperties: false },
);

/**
 * The work of job workers. The API has no word for our fencing number, so an answer counts as long as the job is open
 * (server/worker/job-lease.ts); workers that must not answer late extend their lease.
 */
export function jobRoutes(deps: { readonly database: Database; readonly jobs: Jobs }): readonly Route[] {
  const { database, jobs } = deps;
  const answerOf = ({ params, principal, scope, command }: AnswerCall) => ({
    within: (processId: string) => inScope(scope, processId),
    jobKey: pathKey(params.jobKey, JOB),
    by: principal.username,
    ...(command === null ? {} : { repeatable: command }),
  });

  return [
    route({
      method: 'post',
      path: '/v2/jobs/activation',
      summary: { ru: 'Взять работы', en: 'Activate jobs' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      body: { kind: 'json', schema: JobActivation },
      response: {
        status: 200,
        description: 'Jobs under a lease; none after the time asked for',
        schema: ActivatedJobs,
      },
      // A repeat must get other jobs, not the same answer.
      repeatable: false,
      handler: async ({ body, request, scope }) => ok({ jobs: await activateJobs(deps, { body, request, scope }) }),
    }),
    searchRoute({
      database,
      path: '/jobs/search',
      summary: { ru: 'Найти работы', en: 'Search jobs' },
      access: OPERATE,
      grant: READS_INSTANCES,
      spec: jobSearch,
      item: JobSearchResult,
      view: (rows) => jobViews(rows),
    }),
    route({
      method: 'post',
      path: '/v2/jobs/:jobKey/completion',
      summary: { ru: 'Завершить работу', en: 'Complete a job' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: JobParams,
      body: { kind: 'json', schema: Completion, optional: true },
      response: { status: 204, description: 'Completed' },
      handler: async (call) => {
        const { variables, result } = call.body;
        refuseUnsupported({ result });
        await jobs.complete({ ...answerOf(call), variables: variables ?? {} });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/v2/jobs/:jobKey/failure',
      summary: { ru: 'Работа не удалась', en: 'Fail a job' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: JobParams,
      body: { kind: 'json', schema: Failure },
      response: { status: 204, description: 'Offered again later, or an incident when no tries are left' },
      handler: async (call) => {
        const { retries = 0, errorMessage = '', retryBackOff, variables = {} } = call.body;
        const backOff = retryBackOff === undefined ? {} : { retryBackOff: Math.max(0, Number(retryBackOff)) };
        await jobs.fail({ ...answerOf(call), retries, errorMessage, ...backOff, variables });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/v2/jobs/:jobKey/error',
      summary: { ru: 'Ошибка по модели', en: 'Throw a BPMN error for a job' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: JobParams,
      body: { kind: 'json', schema: ThrownError },
      response: { status: 204, description: 'Thrown; an incident when the model does not catch it' },
      handler: async (call) => {
        const { errorCode, errorMessage, variables } = call.body;
        await jobs.throwError({
          ...answerOf(call),
          errorCode,
          errorMessage: errorMessage ?? '',
          variables: variables ?? {},
        });
        return noContent();
      },
    }),
    route({
      method: 'patch',
      path: '/v2/jobs/:jobKey',
      summary: { ru: 'Изменить работу', en: 'Update a job' },
      access: OPERATE,
      grant: CHANGES_INSTANCES,
      params: JobParams,
      body: { kind: 'json', schema: Update },
      response: { status: 204, description: 'Updated' },
      // Twice the same leaves the same.
      repeatable: false,
      handler: async ({ params, body, principal, scope }) => {
        const jobKey = pathKey(params.jobKey, JOB);
        const { retries, timeout } = body.changeset;
        if ((retries ?? null) === null && (timeout ?? null) === null) {
          throw new Refused('invalid-request', {
            ru: 'В changeset нет ни retries, ни timeout. Назовите, что изменить.',
            en: 'The changeset has neither retries nor timeout. Say what to change.',
          });
        }
        await jobs.update({
          jobKey,
          within: (processId) => inScope(scope, processId),
          by: principal.username,
          ...(typeof retries === 'number' ? { retries } : {}),
          ...(timeout === undefined || timeout === null ? {} : { timeout: Number(timeout) }),
        });
        return noContent();
      },
    }),
  ];
}

interface AnswerCall {
  readonly params: { readonly jobKey: string };
  readonly principal: { readonly username: string };
  readonly scope: Scope;
  readonly command: { readonly commandId: string; readonly requestHash: string } | null;
}
