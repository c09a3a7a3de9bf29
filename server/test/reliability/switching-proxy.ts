import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The one address behind which now this, now that server stands, as a virtual IP or a pooler gives it. */
export interface SwitchingProxy {
  readonly url: string;
  /** From now on connections lead there; those that were open break. */
  leadTo(databaseUrl: string): void;
  close(): Promise<void>;
}

export async function startSwitchingProxy(databaseUrl: string): Promise<SwitchingProxy> {
  let target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (open.delete(socket), client.destroy(), database.destroy()));
    }
    client.pipe(database);
    database.pipe(client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    leadTo(databaseUrl) {
      target = new URL(databaseUrl);
      for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}
