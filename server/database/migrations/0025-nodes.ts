import { BUCKET_COUNT } from '#engine';
import type { Migration } from './schema-editor.ts';

/** Which node acts for which bucket. Both tables are small and, on a sharded database, reference tables. */
export const nodes: Migration = {
  id: '0025-nodes',
  async up(schema) {
    await schema.createTable({
      name: 'server_node',
      columns: {
        node_id: 'text',
        started_at: 'time',
        // Not indexed: a heartbeat is an update in place.
        lease_until: 'time',
        // The catalog that the node has read: a deployment waits for it.
        catalog_revision: 'integer',
      },
      primaryKey: ['node_id'],
      hot: true,
    });
    await schema.createTable({
      name: 'bucket_lease',
      columns: {
        bucket: 'smallint',
        // Null: free.
        node_id: 'text?',
        // Rises each time that the bucket changes hands.
        epoch: 'integer',
      },
      primaryKey: ['bucket'],
    });
    const rows = Array.from({ length: BUCKET_COUNT }, (_, bucket) => `(${bucket}, 0)`);
    await schema.run(
      `INSERT INTO bucket_lease (bucket, epoch) VALUES ${rows.join(', ')} ON CONFLICT (bucket) DO NOTHING`,
    );
  },
};
