import { Type } from '@sinclair/typebox';
import type { Key } from '#engine';
import type { DefinitionDeletion } from '../deployments/definition-deletion.ts';
import type { Deployment, Deployments } from '../deployments/deployments.ts';
import { InvalidDeployment, type DeploymentProblem } from '../deployments/invalid-deployment.ts';
import { Refused, notFound } from '../http/refused.ts';
import { content, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Grant } from '../identity/grants.ts';
import { inScope, scopeOf, type Scope } from '../identity/scope.ts';
import type { Definition, DefinitionKind } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { READ_INSTANCES } from './operate-access.ts';
import { readResources } from './read-resources.ts';
import { DELETES_RESOURCES, DEPLOYS, READS_RESOURCES } from '../identity/route-grants.ts';
import { RESOURCE } from './subjects.ts';
import { TENANT } from './search/search-spec.ts';
import { pathKey, wireKey } from './wire-key.ts';
import { CommandOptions, orNull, requireOwnTenant, WireKey } from './wire-schema.ts';

const DELETE_GRANTS: Partial<Record<DefinitionKind, Grant>> = {
  process: 'RESOURCE:DELETE_PROCESS',
  decisionRequirements: 'RESOURCE:DELETE_DRD',
  form: 'RESOURCE:DELETE_FORM',
};

const ResourceParams = Type.Object({ resourceKey: WireKey });

const DeploymentResult = Type.Object({
  tenantId: Type.String(),
  deploymentKey: Type.String(),
  deployments: Type.Array(
    Type.Object({
      processDefinition: Type.Optional(Type.Object({}, { additionalProperties: true })),
      decisionDefinition: Type.Optional(Type.Object({}, { additionalProperties: true })),
      decisionRequirements: Type.Optional(Type.Object({}, { additionalProperties: true })),
      form: Type.Optional(Type.Object({}, { additionalProperties: true })),
      resource: Type.Optional(Type.Object({}, { additionalProperties: true })),
    }),
  ),
});
const ResourceResult = Type.Object({
  resourceName: Type.String(),
  version: Type.Integer(),
  versionTag: Type.Optional(Type.String()),
  resourceId: Type.String(),
  tenantId: Type.String(),
  resourceKey: Type.String(),
});

export function deploymentRoutes(deps: {
  readonly deployments: Deployments;
  readonly definitions: Definitions;
  readonly definitionDeletion: DefinitionDeletion;
}): readonly Route[] {
  const { deployments, definitions, definitionDeletion } = deps;

  const findResource = async (text: string, scope: Scope): Promise<Definition> => {
    const key = pathKey(text, RESOURCE);
    await definitions.refresh();
    const found = definitions.catalog.byKey(key);
    if (found === undefined || !inScope(scope, found.id)) throw notFound(RESOURCE);
    return found;
  };

  return [
    route({
      method: 'post',
      path: '/v2/deployments',
      summary: { ru: 'Опубликовать файлы', en: 'Deploy resources' },
      access: 'deploy',
      grant: DEPLOYS,
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: {
        status: 200,
        description: 'Every definition of the files, new or unchanged',
        schema: DeploymentResult,
      },
      // The same files give the same versions by themselves.
      repeatable: false,
      handler: async ({ request, principal }) => {
        const { resources, tenantId } = await readResources(request);
        requireOwnTenant(tenantId);
        return ok(deploymentView(await deploy({ resources, by: principal.username })));
      },
    }),
    route({
      method: 'get',
      path: '/v2/resources/:resourceKey',
      summary: { ru: 'Опубликованный ресурс', en: 'Deployed resource' },
      access: READ_INSTANCES,
      grant: READS_RESOURCES,
      params: ResourceParams,
      response: { status: 200, description: 'The resource', schema: ResourceResult },
      handler: async ({ params, scope }) => ok(resourceView(await findResource(params.resourceKey, scope))),
    }),
    route({
      method: 'get',
      path: '/v2/resources/:resourceKey/content',
      summary: { ru: 'Содержание ресурса', en: 'Content of a resource' },
      access: READ_INSTANCES,
      grant: READS_RESOURCES,
      params: ResourceParams,
      response: { status: 200, description: 'The file as deployed', contentType: 'text/plain' },
      handler: async ({ params, scope }) => {
        const { definitionKey } = await findResource(params.resourceKey, scope);
        // As text whatever it is: the client takes JSON apart, and its schema wants a string.
        return content(await definitions.content(definitionKey), { 'content-type': 'text/plain; charset=utf-8' });
      },
    }),
    route({
      method: 'post',
      path: '/v2/resources/:resourceKey/deletion',
      summary: { ru: 'Удалить версию', en: 'Delete a resource' },
      access: 'deploy',
      grant: DELETES_RESOURCES,
      params: ResourceParams,
      body: { kind: 'json', schema: orNull(CommandOptions), optional: true },
      response: { status: 200, description: 'Gone; what it made goes on showing it', schema: Type.Object({}) },
      // A repeat finds nothing any more.
      repeatable: false,
      handler: async ({ params, principal, scope }) => {
        const { definitionKey, kind, id } = await findResource(params.resourceKey, scope);
        const grant = DELETE_GRANTS[kind];
        if (grant === undefined || !inScope(scopeOf(principal, 'deploy', grant), id)) throw notFound(RESOURCE);
        await definitionDeletion.delete(definitionKey);
        return ok({});
      },
    }),
  ];

  async function deploy(request: Parameters<Deployments['deploy']>[0]): Promise<Deployment> {
    try {
      return await deployments.deploy(request);
    } catch (error) {
      throw error instanceof InvalidDeployment ? refusalOf(error) : error;
    }
  }
}

/** Problems that the text names; all of them stand in `errors`, which the official client does not show. */
const NAMED_PROBLEMS = 20;

function refusalOf({ problems }: InvalidDeployment): Refused {
  const named = problems.slice(0, NAMED_PROBLEMS);
  const more = problems.length > named.length ? [`… +${problems.length - named.length}`] : [];
  const list = (textOf: (problem: DeploymentProblem) => { readonly message: string; readonly remedy: string }) =>
    [
      ...named.map((problem) => {
        const { resource, line } = problem;
        const { message, remedy } = textOf(problem);
        return `${line === null ? resource : `${resource}:${line}`}: ${message} ${remedy}`;
      }),
      ...more,
    ].join('\n');
  return new Refused(
    'invalid-model',
    { ru: list((problem) => problem.russian ?? problem), en: list((problem) => problem) },
    problems.map(({ resource, code, elementId, elementName, line, path, message, remedy, russian }) => ({
      path: [resource, path ?? elementId ?? ''].filter((part) => part !== '').join('#'),
      keyword: code,
      params: { resource, elementId, elementName, line, remedy, russian },
      message: `${message} ${remedy}`,
    })),
  );
}

function deploymentView({ deploymentKey, definitions }: Deployment): object {
  const graphKeys = new Map(
    definitions
      .filter(({ kind }) => kind === 'decisionRequirements')
      .map(({ id, definitionKey }) => [id, definitionKey]),
  );
  return {
    tenantId: TENANT,
    deploymentKey: wireKey(deploymentKey),
    deployments: definitions.map((definition) => metadataView(definition, graphKeys)),
  };
}

function metadataView(definition: Definition, graphKeys: ReadonlyMap<string, Key>): object {
  const { kind, id, name, version, resourceName, definitionKey, requirementsId } = definition;
  const key = wireKey(definitionKey);
  switch (kind) {
    case 'process':
      return {
        processDefinition: {
          processDefinitionId: id,
          processDefinitionVersion: version,
          processDefinitionKey: key,
          resourceName,
          tenantId: TENANT,
        },
      };
    case 'decision':
      return {
        decisionDefinition: {
          decisionDefinitionId: id,
          version,
          name,
          tenantId: TENANT,
          decisionRequirementsId: requirementsId ?? undefined,
          decisionDefinitionKey: key,
          decisionRequirementsKey: wireKey(graphKeys.get(requirementsId ?? '') ?? null),
        },
      };
    case 'decisionRequirements':
      return {
        decisionRequirements: {
          decisionRequirementsId: id,
          version,
          decisionRequirementsName: name,
          tenantId: TENANT,
          resourceName,
          decisionRequirementsKey: key,
        },
      };
    case 'form':
      return { form: { formId: id, version, resourceName, tenantId: TENANT, formKey: key } };
    default:
      return { resource: { resourceId: id, version, resourceName, tenantId: TENANT, resourceKey: key } };
  }
}

function resourceView({ id, version, versionTag, resourceName, definitionKey }: Definition): object {
  return {
    resourceName,
    version,
    versionTag: versionTag ?? undefined,
    resourceId: id,
    tenantId: TENANT,
    resourceKey: wireKey(definitionKey),
  };
}
