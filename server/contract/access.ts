import { Type, type Static } from '@sinclair/typebox';
import { Instant } from './common.ts';
import { Permission } from './session.ts';

/** A role with what it may do; the Camunda API has no word for permissions of a role. */
export const RoleView = Type.Object({
  roleId: Type.String(),
  name: Type.String(),
  description: Type.String(),
  permissions: Type.Array(Permission),
  /** Stands in code: given and taken, never changed. */
  builtIn: Type.Boolean(),
});
export type RoleView = Static<typeof RoleView>;

export const RolePermissions = Type.Object(
  { permissions: Type.Array(Permission, { maxItems: 100 }) },
  { additionalProperties: false },
);
export type RolePermissions = Static<typeof RolePermissions>;

/** A machine account: it asks the API by id and secret, or by a token, and has no screens. */
export const ClientView = Type.Object({ clientId: Type.String(), name: Type.String(), createdAt: Instant });
export type ClientView = Static<typeof ClientView>;

export const NewClient = Type.Object(
  {
    clientId: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type NewClient = Static<typeof NewClient>;

/** Shown once; only its hash is stored. */
export const ClientSecret = Type.Object({ clientId: Type.String(), clientSecret: Type.String() });
export type ClientSecret = Static<typeof ClientSecret>;
