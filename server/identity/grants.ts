/**
 * What an authorisation may allow, by kind of resource: the words of the Camunda 8 API, and of them those that something
 * here asks for. An authorisation for anything else would allow nothing and is refused by name.
 */
export const RESOURCE_PERMISSIONS = {
  AUTHORIZATION: ['CREATE', 'READ', 'UPDATE', 'DELETE'],
  BATCH: ['CREATE', 'READ', 'UPDATE'],
  DECISION_DEFINITION: ['CREATE_DECISION_INSTANCE', 'READ_DECISION_DEFINITION', 'READ_DECISION_INSTANCE'],
  DECISION_REQUIREMENTS_DEFINITION: ['READ'],
  DOCUMENT: ['CREATE', 'READ', 'DELETE'],
  GROUP: ['CREATE', 'READ', 'UPDATE', 'DELETE'],
  MESSAGE: ['CREATE'],
  PROCESS_DEFINITION: [
    'CREATE_PROCESS_INSTANCE',
    'READ_PROCESS_DEFINITION',
    'READ_PROCESS_INSTANCE',
    'READ_USER_TASK',
    'UPDATE_USER_TASK',
    'UPDATE_PROCESS_INSTANCE',
    'MODIFY_PROCESS_INSTANCE',
    'CANCEL_PROCESS_INSTANCE',
  ],
  RESOURCE: ['CREATE', 'READ', 'DELETE_FORM', 'DELETE_DRD', 'DELETE_PROCESS'],
  ROLE: ['CREATE', 'READ', 'UPDATE', 'DELETE'],
  SYSTEM: ['READ_USAGE_METRIC', 'UPDATE'],
  USER: ['CREATE', 'READ', 'UPDATE', 'DELETE'],
} as const;

export type ResourceType = keyof typeof RESOURCE_PERMISSIONS;

/** `PROCESS_DEFINITION:READ_USER_TASK`: one permission for one kind of resource. */
export type Grant = { [T in ResourceType]: `${T}:${(typeof RESOURCE_PERMISSIONS)[T][number]}` }[ResourceType];

/** Of these there are no single ones to name. */
const NAMELESS: readonly ResourceType[] = ['AUTHORIZATION', 'BATCH', 'DOCUMENT', 'MESSAGE', 'SYSTEM'];

export function isResourceType(text: string): text is ResourceType {
  return Object.hasOwn(RESOURCE_PERMISSIONS, text);
}

export function canBeNamed(type: ResourceType): boolean {
  return !NAMELESS.includes(type);
}

export function permissionsFor(type: ResourceType): readonly string[] {
  return RESOURCE_PERMISSIONS[type];
}
