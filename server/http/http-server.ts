import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

/**
 * The HTTP server with limits that hold: `headersTimeout` is only looked at every `connectionsCheckingInterval`
 * (30 s by default, measured in `reliability.md` §3.2), so a slow client is closed at 15 s and not at 45.
 */
export function createHttpServer(app: Express): Server {
  const server = createServer(
    { connectionsCheckingInterval: 1_000, headersTimeout: 15_000, requestTimeout: 120_000, maxHeaderSize: 16_384 },
    app,
  );
  server.keepAliveTimeout = 65_000;
  server.maxRequestsPerSocket = 10_000;
  return server;
}

/** Another program listens there. */
class AddressInUse extends Error {
  override readonly name = 'AddressInUse';
  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    super(
      `Адрес ${host}:${port} занят другой программой: остановите её или выберите другой порт (--port). / ` +
        `Expected ${host}:${port} to be free, but another program listens there. Stop it or choose another port (--port).`,
    );
  }
}

/** Starts listening; the promise tells the port, which is chosen by the system for 0. */
export function listen(server: Server, options: { readonly port: number; readonly host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void =>
      reject(error.code === 'EADDRINUSE' ? new AddressInUse(options) : error);
    server.once('error', refuse);
    server.listen(options.port, options.host, () => {
      server.off('error', refuse);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  });
}

const IDLE_LOOK_MS = 20;

/**
 * Stops taking connections, lets running requests finish for `graceMs`, then closes what is left. Clients keep connections open for their
 * next request, and a busy one would send it for ever: each answer from now on says that it is the last, and what is idle is closed.
 */
export async function closeServer(server: Server, graceMs = 10_000): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}
