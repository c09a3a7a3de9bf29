import { createServer } from 'node:http';
import httpProxy from 'http-proxy-3';

/** How often a node is asked whether it takes requests. */
const LOOK_MS = 500;

/**
 * The plainest reverse proxy that does: each request to the next node that is ready. A request without a body is tried on another
 * node when its node does not answer; one with a body is answered with 503, because nobody knows how far it came: whoever sent an
 * `Idempotency-Key` sends it again.
 *
 * @param {{ readonly port: number, readonly host?: string, readonly targets: readonly string[] }} settings port 0 takes a free one
 * @returns {Promise<{ readonly url: string, readonly stop: () => Promise<void> }>}
 */
export async function startProxy({ port, host = '127.0.0.1', targets }) {
  const proxy = httpProxy.createProxyServer({ xfwd: true });
  const down = new Set();
  let turn = 0;

  const look = async () => {
    await Promise.all(
      targets.map(async (target) => {
        const ready = await fetch(`${target}/readyz`, { signal: AbortSignal.timeout(LOOK_MS * 4) }).then(
          ({ ok }) => ok,
          () => false,
        );
        down[ready ? 'delete' : 'add'](target);
      }),
    );
  };
  const timer = setInterval(() => void look(), LOOK_MS);

  const pass = (request, response, tried) => {
    const able = targets.filter((target) => !tried.has(target) && !down.has(target));
    if (able.length === 0) return refuse(response);
    const target = able[turn++ % able.length];
    tried.add(target);
    proxy.web(request, response, { target }, () => {
      down.add(target);
      if (response.headersSent) response.destroy();
      else if (['GET', 'HEAD'].includes(request.method)) pass(request, response, tried);
      else refuse(response);
    });
  };
  const server = createServer((request, response) => pass(request, response, new Set()));
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${server.address().port}`,
    async stop() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      proxy.close();
    },
  };
}

function refuse(response) {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
  response.end(
    JSON.stringify({ status: 503, title: 'No node answered', detail: 'Send it again with the same Idempotency-Key.' }),
  );
}
