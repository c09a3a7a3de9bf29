import { Type } from '@sinclair/typebox';
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

export function formView({ definition, source }: CompiledForm): object {
  return {
    formKey: wireKey(definition.definitionKey),
    formId: definition.id,
    version: definition.version,
    tenantId: TENANT,
    schema: source,
  };
}
