import { rowInvariant } from '../invariant.ts';

export const definitionIsThere = rowInvariant({
  id: 'definition-is-there',
  rule: {
    ru: 'Процесс каждого действующего экземпляра опубликован, и его файл на месте.',
    en: 'The process of every active instance is deployed, and its file is there.',
  },
  remedy: {
    ru: 'Экземпляр нельзя продолжить. Верните строки definition и deployed_resource из копии базы.',
    en: 'The instance cannot go on. Bring the rows of definition and deployed_resource back from a backup.',
  },
  broken: () => `SELECT p.process_definition_key, p.process_id, p.definition_version, count(*) AS instances
    FROM process_instance p LEFT JOIN definition d ON d.definition_key = p.process_definition_key AND d.kind = 'process'
      LEFT JOIN deployed_resource r ON r.resource_key = d.resource_key
    WHERE p.ended_at IS NULL AND r.resource_key IS NULL
    GROUP BY p.process_definition_key, p.process_id, p.definition_version`,
  tell: (row) => ({
    ru: `процесс «${row['process_id']}» версии ${row['definition_version']} (${row['process_definition_key']}): не опубликован, а экземпляров ${row['instances']}`,
    en: `process "${row['process_id']}" version ${row['definition_version']} (${row['process_definition_key']}): not deployed, but ${row['instances']} instances run`,
  }),
});
