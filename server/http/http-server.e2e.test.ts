import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import express from 'express';
import { closeServer, createHttpServer, listen } from './http-server.ts';

describe('a server that is asked to stop', () => {
  it('does not wait for clients that keep their connections open and go on asking', async () => {
    const app = express();
    let finish = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      app.get('/slow', (_request, response) => {
        finish = () => void response.end('done');
        resolve();
      });
    });
    app.get('/', (_request, response) => void response.end('done'));
    const server = createHttpServer(app);
    const port = await listen(server, { port: 0, host: '127.0.0.1' });
    const agent = new Agent({ keepAlive: true });
    const ask = (path: string): Promise<boolean> =>
      new Promise((resolve) => {
        get({ port, path, agent, host: '127.0.0.1' }, (response) => {
          response.resume();
          response.on('end', () => resolve(true));
        }).on('error', () => resolve(false));
      });
    let answered = 0;
    const busy = Array.from({ length: 4 }, async () => {
      while (await ask('/')) answered += 1;
    });
    const slow = ask('/slow');
    while (answered < 20) await new Promise((resolve) => setImmediate(resolve));
    await arrived;
    // Longer than the test may take: what ends it is not the patience with those who are left.
    const closed = closeServer(server, 120_000);
    finish();
    await closed;
    assert.equal(await slow, true, 'a request that was under way is answered');
    await Promise.all(busy);
    agent.destroy();
  });
});
