import assert from 'node:assert/strict';
import express from 'express';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { closeServer, createHttpServer, listen } from './http-server.ts';
import { problemDetails, unknownAddress } from './problem-details.ts';
import { securityHeaders } from './security-headers.ts';
import { serveDesigner } from './static-designer.ts';

describe('the designer as served', () => {
  const folder = mkdtempSync(join(tmpdir(), 'designer-'));
  let server: Server;
  let url: string;
  before(async () => {
    mkdirSync(join(folder, 'dist', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'dist', 'index.html'), '<!doctype html><title>Регламент</title>');
    writeFileSync(join(folder, 'dist', 'icon.svg'), '<svg/>');
    writeFileSync(join(folder, 'dist', 'assets', 'main-1a2b.js'), 'export {};');
    const app = express();
    app.use(securityHeaders({ secure: true, frames: [] }));
    serveDesigner(app, join(folder, 'dist'));
    app.use(unknownAddress);
    app.use(problemDetails(pino({ level: 'silent' })));
    server = createHttpServer(app);
    url = `http://127.0.0.1:${await listen(server, { port: 0, host: '127.0.0.1' })}`;
  });
  after(async () => {
    await closeServer(server, 0);
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, accept = 'text/html') => fetch(url + path, { headers: { accept } });

  it('gives the page for every address of a screen, never cached, and files by name', async () => {
    for (const path of ['/', '/tasks/12', '/cases?state=ACTIVE']) {
      const page = await get(path);
      assert.deepEqual([page.status, page.headers.get('cache-control')], [200, 'no-cache'], path);
      assert.match(await page.text(), /Регламент/);
    }
    const script = await get('/assets/main-1a2b.js', '*/*');
    assert.match(script.headers.get('cache-control')!, /immutable/);
    assert.match(script.headers.get('content-type')!, /javascript/);
    assert.equal((await get('/icon.svg', 'image/*')).status, 200);
  });

  it('gives no page for the API, for a missing asset or to what asks for no page', async () => {
    for (const [path, accept] of [
      ['/api/nothing', 'text/html'],
      ['/v2/nothing', 'text/html'],
      ['/assets/gone.js', '*/*'],
      ['/x.json', 'application/json'],
    ]) {
      const answer = await get(path!, accept);
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [404, 'application/problem+json'], path);
    }
  });

  it('leaves its folder for nobody', async () => {
    for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/%00']) {
      assert.doesNotMatch(await (await get(path, '*/*')).text(), /^secret/, path);
    }
  });

  it('asks for https everywhere once it is served by https', async () => {
    const { headers } = await get('/');
    assert.match(headers.get('content-security-policy')!, /upgrade-insecure-requests/);
    assert.match(headers.get('strict-transport-security')!, /max-age=31536000/);
  });
});
