import { Type } from '@sinclair/typebox';
import { PlainText } from '../wire-schema.ts';

/** The API's schema for a login; ours may be Cyrillic, and then a strict client must not be shown it. */
const WIRE_USERNAME = /^[A-Za-z0-9_@.+-]{1,256}$/;

/** A login, or the id of a group, role or tenant, as an address or a body names it. */
export const Id = Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\u0000]*$' });

type Row = Readonly<Record<string, unknown>>;

export const UserResult = Type.Object({
  username: Type.Optional(Type.String()),
  name: Type.String(),
  email: Type.Optional(Type.String()),
});
export const MemberResult = Type.Object({ username: Type.Optional(Type.String()) });
export const GroupResult = Type.Object({ groupId: Type.String(), name: Type.String(), description: Type.String() });
export const GroupIdResult = Type.Object({ groupId: Type.String() });
export const ClientIdResult = Type.Object({ clientId: Type.String() });
/** What can be changed of a group or a role. */
export const NameChanges = Type.Object({ name: PlainText, description: PlainText }, { additionalProperties: false });

export const RoleResult = Type.Object({ roleId: Type.String(), name: Type.String(), description: Type.String() });
export const TenantResult = Type.Object({ tenantId: Type.String(), name: Type.String(), description: Type.String() });

/** Absent where the API's schema has no place for it. */
export function wireUsername(username: string): string | undefined {
  return WIRE_USERNAME.test(username) ? username : undefined;
}

export function userView({ username, name, email }: Row): object {
  return { username: wireUsername(username as string), name, email: email ?? undefined };
}

export function memberView({ username }: Row): object {
  return { username: wireUsername(username as string) };
}

export function groupView({ group_id: groupId, name_ru: name, description }: Row): object {
  return { groupId, name, description };
}

export function clientView({ username: clientId }: Row): object {
  return { clientId };
}

export function roleView({ role_id: roleId, name, description }: Row): object {
  return { roleId, name, description };
}

export function tenantView({ tenant_id: tenantId, name }: Row): object {
  return { tenantId, name, description: '' };
}
