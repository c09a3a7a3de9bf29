import type { Migration, SchemaEditor } from './schema-editor.ts';

/** Who still has a content; the open tasks and incidents, and the cancelled tasks, in the order of their keys. */
export const contentAndOpenTasks: Migration = {
  id: '0045-content-and-open-tasks',
  async up(schema) {
    await contents(schema);
    // Without an index of the state PostgreSQL walked the heap from wherever its last scan had stopped: now 4 ms, now 500.
    await schema.createIndex({
      name: 'user_task_open_by_key',
      table: 'user_task',
      columns: ['bucket', 'user_task_key'],
      where: 'ended_at IS NULL',
    });
    await schema.createIndex({
      name: 'incident_open_by_key',
      table: 'incident',
      columns: ['bucket', 'incident_key'],
      where: 'ended_at IS NULL',
    });
    // Written only when a task is cancelled, so a step pays nothing for it.
    await schema.createIndex({
      name: 'user_task_canceled',
      table: 'user_task',
      columns: ['bucket', 'user_task_key'],
      where: "state = 'CANCELED'",
    });
  },
};

/** As `stored_file` and `api_file` have it: a content is deleted when nobody has it any more. */
async function contents(schema: SchemaEditor): Promise<void> {
  await schema.createIndex({ name: 'document_by_html', table: 'document', columns: ['html_sha256'] });
  await schema.createIndex({ name: 'document_by_pdf', table: 'document', columns: ['pdf_sha256'] });
  await schema.createIndex({
    name: 'mail_by_content',
    table: 'mail',
    columns: ['raw_sha256'],
    where: 'raw_sha256 IS NOT NULL',
  });
}
