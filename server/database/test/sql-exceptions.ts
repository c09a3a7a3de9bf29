/** Statements that may break a rule of the schema, each with the reason. */
export const EXCEPTIONS: readonly {
  readonly statement: RegExp;
  readonly reason: string;
  /** True: not in distributed mode. */
  readonly plainOnly?: true;
}[] = [
  {
    statement: /^SELECT pg_advisory_xact_lock\(/,
    reason: 'The lock of the migrations, which the dialect takes.',
    plainOnly: true,
  },
  {
    statement: /^UPDATE job SET queue_at = available_at WHERE queue_at = 0/,
    reason: 'Backfill of migration 0021: once, before the server answers.',
  },
  {
    statement: /^SELECT extract\(epoch FROM clock_timestamp\(\)\)/,
    reason: 'The clock of the dialect: how far ours is from the one that all nodes share.',
  },
  {
    statement: /FROM signal_subscription WHERE signal_name = /,
    reason:
      'Who a signal reaches is decided when it is thrown (BPMN 2.0.2 §10.5.1): read in that transaction, over all buckets. It writes none of them.',
  },
  {
    statement: /^DELETE FROM (notification|reservation|correlated_subscription) WHERE \w+_key IN \(/,
    reason: 'What a deleted case left in the buckets of people and messages: once a case, in a transaction of its own.',
  },
];

/** Statements that may read a whole bucket on SQLite, each with the reason. */
export const MAY_WALK: readonly { readonly statement: RegExp; readonly reason: string }[] = [
  { statement: /\) AS broken LIMIT \d+$/, reason: 'An invariant of fsck, which looks at everything.' },
  { statement: /WHERE bucket = \?$/, reason: 'Asks for all that a bucket holds.' },
  {
    statement: /^UPDATE outbox SET available_at = \? WHERE available_at > \? AND bucket IN/,
    reason: 'A node takes over the outbox of a bucket: what is in it is what waits.',
  },
  {
    statement: /FROM batch_operation_item/,
    reason: 'Items by their instance: seldom asked, and an index more to write for each item of a batch.',
  },
  {
    statement: /FROM message_subscription s WHERE .*s\.subscription_key/,
    reason: 'By its key alone: the open waits of a bucket, and an index more to write for each wait.',
  },
];

/** Tables without a bucket: small, read everywhere, copied to every shard of a sharded database. */
export const REFERENCE_TABLES: Readonly<Record<string, string>> = {
  app_group: 'A few groups.',
  app_role: 'A few roles.',
  app_user: 'The people of one installation.',
  authorization_rule: 'A few per role or group, read with the account they belong to.',
  group_member: 'Of people and groups.',
  group_role: 'Of groups.',
  signing_secret: 'One row.',
  user_role: 'Of people.',
  user_session: 'One row a sign-in, found by the hash of its token alone.',
  catalog_revision: 'One row: which catalog is the newest.',
  definition: 'What is deployed, read as a whole by each node.',
  deployed_resource: 'Files of deployments, immutable.',
  deployment: 'One row a deployment.',
  resource_import: 'Which DMN file was read with which, immutable.',
  start_subscription: 'What starts processes, in the latest version of each: replaced by deployments.',
  number_series: 'A row counter per series, locked by itself: numbers of documents may have no gaps.',
  register_row: 'Reference data of the installation; where it is much, it is distributed by its register.',
  register_change: 'As the rows of registers.',
  form_draft: 'One row a form that somebody draws.',
  form_fragment: 'A hundred at most.',
  form_publication: 'One row a version of a form.',
  retention_rule: 'One row a process.',
  server_node: 'One row a server.',
  start_quota: 'A counter per address, form and hour, locked by itself; the hours before are deleted.',
};
