import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** When the connection is cut at the next COMMIT: the server never hears it, or nobody hears the server's answer. */
export type Cut = 'before' | 'after';

export interface CuttingProxy {
  /** The same database through the proxy. */
  readonly url: string;
  /** Cuts one connection at the next COMMIT that passes. */
  cutNext(cut: Cut): void;
  /** How many were cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** A TCP proxy before PostgreSQL that resets connections in the middle of COMMIT (R13 of the reliability design). */
export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let next: Cut | null = null;
  let cuts = 0;
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (open.delete(socket), client.destroy(), database.destroy()));
    }
    let deaf = false;
    client.on('data', (bytes) => {
      if (next !== null && bytes.includes('COMMIT;')) {
        const cut = next;
        next = null;
        cuts += 1;
        if (cut === 'before') {
          client.resetAndDestroy();
          return;
        }
        deaf = true;
      }
      database.write(bytes);
    });
    // The answer to COMMIT is here, so it has happened: only now may the connection break.
    database.on('data', (bytes) => (deaf ? client.resetAndDestroy() : client.write(bytes)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNext: (cut) => void (next = cut),
    get cuts() {
      return cuts;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}
