import { Type } from '@sinclair/typebox';
import { noContent, ok, type Reply } from '../http/reply.ts';
import type { CompiledForm } from '../runtime/definitions.ts';
import { TENANT } from './search/search-spec.ts';
import { wireKey } from './wire-key.ts';

export const FormResult = Type.Object({
  formKey: Type.String(),
  formId: Type.String(),
  version: Type.Integer(),
  tenantId: Type.String(),
  /** Our form definition (JSON Schema 2020-12 with layout), not form-js: see `engine/forms/README.md`. */
  schema: Type.Object({}, { additionalProperties: true }),
});

/**
 * The form, or 204 where there is none. The 204 names a content type: without one the official client takes the missing
 * body for a stream, and its strict validation refuses the null it gets.
 */
export function formReply(form: CompiledForm | null): Reply {
  if (form === null) return noContent({ 'content-type': 'application/json' });
  const { definition, source } = form;
  return ok({
    formKey: wireKey(definition.definitionKey),
    formId: definition.id,
    version: definition.version,
    tenantId: TENANT,
    schema: source,
  });
}
