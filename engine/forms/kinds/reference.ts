import type { ReferenceSource } from '../form-definition.ts';
import { isRecord } from '../json-checks.ts';
import { readLookup } from '../read-lookup.ts';
import { CHOOSE } from './choice-list.ts';
import { isText, type FieldReading, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** A person, a group or a row of a register, by its key. That it exists and fits is the server's to check. */
export const reference: KindDefinition = {
  kind: 'reference',
  type: 'string',
  widgets: ['lookup'],
  keywords: {
    'x-source': {
      value: 'object',
      members: {
        catalog: { value: 'catalog' },
        group: { value: 'text' },
        label: { value: 'text' },
        filter: { value: 'feel' },
        fill: { value: 'object', members: {} },
      },
    },
  },
  fragment: { type: 'string', 'x-source': { catalog: 'users' } },
  read: (reading) => {
    const source = readSource(reading);
    return source ? { source } : {};
  },
  schema: shortText,
  stores: isText,
  words: CHOOSE,
};

function readSource({ schema, path, problems }: FieldReading): ReferenceSource | undefined {
  const source = schema['x-source'];
  const catalog = isRecord(source) ? source['catalog'] : undefined;
  if (!isRecord(source) || (catalog !== 'users' && catalog !== 'groups'))
    return readLookup(isRecord(source) ? source : {}, `${path}/x-source`, problems);
  for (const keyword of Object.keys(source)) {
    if (keyword !== 'catalog' && keyword !== 'group')
      problems.add(
        `${path}/x-source/${keyword}`,
        `"${keyword}" is not supported in x-source of ${catalog}`,
        'x-source of users and groups takes "catalog" and "group".',
      );
  }
  const group = source['group'];
  if (group === undefined) return { catalog };
  if (catalog === 'users' && typeof group === 'string' && group !== '') return { catalog, group };
  problems.add(
    `${path}/x-source/group`,
    'group must be the name of a group and needs the catalog "users"',
    'Write {"catalog": "users", "group": "claims"}.',
  );
  return { catalog };
}
