import type { TSchema } from '@sinclair/typebox';
import { ProblemDetails } from '#contract';
import type { Route } from './route.ts';

/** OpenAPI 3.1 of the declared routes: the same schemas that check the requests, so the two cannot differ. */
export function openApi(routes: readonly Route[], options: { readonly version: string }): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Reglament', version: options.version },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ProblemDetails },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'reglament_session' },
        basic: { type: 'http', scheme: 'basic' },
      },
    },
  };
}

function operationOf(route: Route): Record<string, unknown> {
  const { response } = route;
  const type = response.contentType ?? (response.schema === undefined ? undefined : 'application/json');
  const content =
    type === undefined ? {} : { content: { [type]: response.schema === undefined ? {} : { schema: response.schema } } };
  const write = route.method !== 'get' && route.repeatable;
  return {
    summary: route.summary.en,
    'x-summary-ru': route.summary.ru,
    'x-permission': route.access,
    security: route.access === 'public' ? [] : [{ session: [] }, { basic: [] }],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...(write ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route) }),
    responses: {
      [response.status]: { description: response.description, ...content },
      default: {
        description: 'RFC 9457 problem details',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
      },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A repeat with the same key gets the first answer and changes nothing.',
  schema: { type: 'string', maxLength: 200 },
};

function parametersOf(schema: TSchema | undefined, place: 'path' | 'query'): readonly Record<string, unknown>[] {
  const properties = (schema?.['properties'] ?? {}) as Record<string, TSchema>;
  const required = new Set((schema?.['required'] ?? []) as string[]);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: property,
  }));
}

function bodyOf(route: Route): Record<string, unknown> {
  const { body } = route;
  if (body === undefined) return {};
  const type = body.kind === 'json' ? 'application/json' : body.contentType;
  const schema = body.kind === 'json' ? body.schema : { type: 'string', format: 'binary' };
  return { required: true, content: { [type]: { schema } } };
}
