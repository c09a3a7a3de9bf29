import { Type, type Static } from '@sinclair/typebox';

export const Credentials = Type.Object(
  { username: Type.String({ minLength: 1, maxLength: 100 }), password: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);
export type Credentials = Static<typeof Credentials>;

export const GroupView = Type.Object({ groupId: Type.String(), name: Type.String() });
export type GroupView = Static<typeof GroupView>;

export const PersonView = Type.Object({
  username: Type.String(),
  name: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
});
export type PersonView = Static<typeof PersonView>;

/** What the signed-in person may reach; the shell shows only these menu entries. */
export const Permission = Type.Union([
  Type.Literal('tasks'),
  Type.Literal('cases'),
  Type.Literal('all-tasks'),
  Type.Literal('deploy'),
  /** Do the work of machines: start and cancel instances, work on jobs, publish messages, resolve incidents. */
  Type.Literal('operate'),
  Type.Literal('administer'),
  /** Hand over incoming mail: for the mail gateway and those who stand in for it. */
  Type.Literal('intake'),
  /** Works for another organisation: has the portal, and of the rest only what is opened to outsiders (ADR 0023). */
  Type.Literal('portal'),
]);
export type Permission = Static<typeof Permission>;

export const SessionView = Type.Object({
  user: PersonView,
  groups: Type.Array(GroupView),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Permission),
});
export type SessionView = Static<typeof SessionView>;

export const SystemView = Type.Object({ name: Type.String(), version: Type.String(), demo: Type.Boolean() });
export type SystemView = Static<typeof SystemView>;
