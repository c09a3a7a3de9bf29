import type { ReferenceSource } from '../form-definition.ts';
import { isRecord } from '../json-checks.ts';
import { CHOOSE } from './choice-list.ts';
import { isText, type FieldReading, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** A row of a catalog, by its key. That it exists is the server's to check. */
export const reference: KindDefinition = {
  kind: 'reference',
  type: 'string',
  widgets: ['lookup'],
  keywords: {
    'x-source': {
      value: 'object',
      members: { catalog: { value: 'oneOf', of: ['users', 'groups'] }, group: { value: 'text' } },
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
  if (!isRecord(source) || (catalog !== 'users' && catalog !== 'groups')) {
    problems.add(
      `${path}/x-source`,
      `Catalog ${JSON.stringify(catalog)} is not available`,
      'Use "users" or "groups"; registers come with a later release, until then use a text field.',
    );
    return undefined;
  }
  for (const keyword of Object.keys(source)) {
    if (keyword !== 'catalog' && keyword !== 'group')
      problems.add(
        `${path}/x-source/${keyword}`,
        `"${keyword}" is not supported in x-source`,
        'x-source takes "catalog" and "group".',
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
