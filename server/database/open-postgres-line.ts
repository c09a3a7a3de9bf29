import pg from 'pg';
import type { Line } from './connect.ts';

const CHANNEL = 'reglament_hints';
const RECONNECT_MS = 1_000;

/**
 * LISTEN and NOTIFY on a connection of its own: neither survives pgbouncer in transaction mode, and a NOTIFY inside of every
 * transaction was measured to cost two thirds of the throughput (reliability.md §4). While it is down, texts get lost.
 */
export function openPostgresLine(url: string, onText: (text: string) => void): Line {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'reglament-hints', keepAlive: true });
    let lost = false;
    // Once for each connection, which may tell of its end by an error, by its end, or by both.
    const again = (): void => {
      if (client === next) client = undefined;
      if (closed || lost) return;
      lost = true;
      next.end().catch(() => undefined);
      retry = setTimeout(() => void (connecting = connect()), RECONNECT_MS).unref();
    };
    next.on('error', again);
    next.on('end', again);
    next.on('notification', ({ payload = '' }) => onText(payload));
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
      client = next;
    } catch {
      again();
    }
    if (closed) await next.end().catch(() => undefined);
  };
  let connecting = connect();

  return {
    send(text) {
      client?.query('SELECT pg_notify($1, $2)', [CHANNEL, text]).catch(() => undefined);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
