import type { Key } from '#engine';
import type { NotificationList } from '#contract';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { defineTable } from '../database/table-spec.ts';
import type { Transaction } from '../database/transaction.ts';
import { inTransactionBy, type Right } from '../nodes/rights.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { loginOf } from '../users/login-of.ts';
import { findMembers } from '../users/user-read-model.ts';
import { throwFailures, tryEach } from '../worker/try-each.ts';

const notificationTable = defineTable('notification', {
  columns: {
    bucket: 'smallint',
    username: 'text',
    source: 'text',
    notification_key: 'key',
    message: 'text',
    case_key: 'key?',
    user_task_key: 'key?',
    created_at: 'time',
    read_at: 'time?',
  },
  primaryKey: ['bucket', 'username', 'source'],
});

/** How many of the newest a person is shown; older ones are history that the case tells better. */
const SHOWN = 50;

export interface Notice {
  /** Logins and group ids; a group means its active members at this moment. */
  readonly to: readonly string[];
  readonly text: string;
  readonly caseKey: Key | null;
  readonly userTaskKey: Key | null;
  /** What it is sent for (a job, say): the same person gets the same notice once, however often the sender repeats. */
  readonly source: string;
  /** Of what the outbox delivers. */
  readonly right?: Right | null;
}

export interface Notifications {
  /** @returns logins that are reached; empty when `to` names nobody */
  notify(notice: Notice): Promise<readonly string[]>;
  list(username: string): Promise<NotificationList>;
  /** Marks own notices as read; keys that are not one's own are passed over. Runs in the caller's transaction. */
  markRead(
    tx: Transaction,
    mark: { readonly username: string; readonly keys: readonly Key[]; readonly now: number },
  ): Promise<void>;
}

export interface NotificationsDeps {
  readonly database: Database;
  readonly keySource: KeySource;
  readonly now: () => number;
}

export function createNotifications({ database, keySource, now }: NotificationsDeps): Notifications {
  const reader = readerOf(database);

  const recipientsOf = async (to: readonly string[]): Promise<readonly string[]> => {
    const logins = JSON.stringify(to.map(loginOf));
    const people = await queryRows<{ username: string }>(
      reader,
      `SELECT username FROM app_user WHERE active = ? AND kind = 'person' AND username IN (${database.dialect.listFromJson('text')})`,
      [true, logins],
    );
    const members = await Promise.all(to.map((groupId) => findMembers(reader, groupId)));
    return [...new Set([...people.map(({ username }) => username), ...members.flat()])];
  };

  return {
    async notify({ to, text, caseKey, userTaskKey, source, right = null }) {
      const recipients = await recipientsOf(to);
      const failures = await tryEach(recipients, 1, async (username) => {
        const bucket = bucketForText(username);
        const row = {
          bucket,
          username,
          source,
          notification_key: await keySource.next(bucket),
          message: text.slice(0, 2_000),
          case_key: caseKey,
          user_task_key: userTaskKey,
          created_at: now(),
          read_at: null,
        };
        // Each person's list lives in a bucket of its own, and one transaction touches one bucket.
        await inTransactionBy(database, right, (tx) => insertNewRows(tx, notificationTable, [row]));
      });
      throwFailures(`Expected ${recipients.length} people to be told`, failures);
      return recipients;
    },

    async list(username) {
      const bucket = bucketForText(username);
      const rows = await queryRows<{
        notification_key: number;
        message: string;
        case_key: number | null;
        user_task_key: number | null;
        created_at: number;
        read_at: number | null;
      }>(
        reader,
        `SELECT notification_key, message, case_key, user_task_key, created_at, read_at FROM notification
         WHERE bucket = ? AND username = ? ORDER BY created_at DESC, notification_key DESC LIMIT ?`,
        [bucket, username, SHOWN],
      );
      const [count] = await queryRows<{ unread: number }>(
        reader,
        'SELECT count(*) AS unread FROM notification WHERE bucket = ? AND username = ? AND read_at IS NULL',
        [bucket, username],
      );
      return {
        items: rows.map((row) => ({
          notificationKey: String(row.notification_key),
          text: row.message,
          at: new Date(row.created_at).toISOString(),
          read: row.read_at !== null,
          caseKey: row.case_key === null ? null : String(row.case_key),
          userTaskKey: row.user_task_key === null ? null : String(row.user_task_key),
        })),
        unread: Number(count!.unread),
      };
    },

    async markRead(tx, { username, keys, now: at }) {
      await queryRows(
        tx,
        `UPDATE notification SET read_at = ? WHERE bucket = ? AND username = ? AND read_at IS NULL
         AND notification_key IN (${tx.dialect.listFromJson('key')})`,
        [at, bucketForText(username), username, JSON.stringify(keys)],
      );
    },
  };
}
