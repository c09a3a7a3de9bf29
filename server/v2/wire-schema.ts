import { Type, type TSchema } from '@sinclair/typebox';
import type { VariableMap } from '#engine';
import { Refused } from '../http/refused.ts';
import { TENANT } from './search/search-spec.ts';

/** A key as the API writes it; one that is not a key of ours is "not found", not malformed. */
export const WireKey = Type.String({ pattern: '^-?[0-9]{1,25}$' });

/** PostgreSQL cannot hold U+0000, so no text that is looked up may bring one. */
export const PlainText = Type.String({ maxLength: 4_000, pattern: '^[^\\u0000]*$' });

/** A 64-bit number: the official client writes it as a decimal string, others as a number. */
export const LongNumber = Type.Unsafe<string | number>({
  if: { type: 'string' },
  then: { type: 'string', pattern: '^-?[0-9]{1,15}$' },
  else: { type: 'integer', minimum: -999_999_999_999_999, maximum: 999_999_999_999_999 },
});

export const WireVariables = Type.Unsafe<VariableMap>({ type: 'object' });

/** A field that may also be null, as the API's schemas write it. */
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const TenantId = Type.Optional(Type.String({ maxLength: 256 }));
export const OperationReference = Type.Optional(LongNumber);

/** What any body of a command may carry and nothing here uses: `operationReference` marks records of Camunda's exporters. */
export const CommandOptions = Type.Object({ operationReference: OperationReference }, { additionalProperties: false });

/** We have one tenant, named as Camunda does where tenants are off. @throws Refused `invalid-request` for another */
export function requireOwnTenant(tenantIds: string | readonly string[] | undefined): void {
  const foreign = [tenantIds ?? []].flat().find((tenantId) => tenantId !== TENANT);
  if (foreign === undefined) return;
  throw new Refused('invalid-request', {
    ru: `Арендатора «${foreign}» нет: здесь один арендатор, ${TENANT}. Уберите tenantId.`,
    en: `There is no tenant "${foreign}": this installation has one, ${TENANT}. Leave tenantId out.`,
  });
}

/** @throws Refused `invalid-request` for part of the API that is not carried out and must not be passed over */
export function refuseUnsupported(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw new Refused('invalid-request', {
      ru: `Поле «${name}» здесь пока не поддерживается. Уберите его.`,
      en: `The field "${name}" is not supported here yet. Leave it out.`,
    });
  }
}
