import { elementOf } from './element-of.ts';
import { memberNames, memberType } from './member-types.ts';
import type { StaticType } from './static-type.ts';

/** What may stand after the dot behind a value of a type, or of a list of it; nothing is known of `any`. */
export function membersOf(type: StaticType): readonly { readonly name: string; readonly type: StaticType }[] {
  const element = elementOf(type);
  return [...new Set(memberNames(element))].map((name) => ({ name, type: memberType(element, name).type }));
}
