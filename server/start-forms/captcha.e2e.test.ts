import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCaptcha } from './captcha.ts';

describe('the captcha of open forms', () => {
  let provider: Server;
  const asked: URLSearchParams[] = [];
  before(async () => {
    provider = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const form = new URLSearchParams(body);
        asked.push(form);
        response.end(JSON.stringify({ status: form.get('token') === 'solved' ? 'ok' : 'failed' }));
      });
    });
    await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  });
  after(() => {
    provider.closeAllConnections();
    provider.close();
  });
  const verifier = (allowed: boolean) => {
    const { port } = provider.address() as AddressInfo;
    const verifyUrl = `http://127.0.0.1:${port}/validate`;
    const frameUrl = 'https://captcha.example/';
    const rules = { allow: allowed ? [{ host: '127.0.0.1', port }] : [], ports: new Set([443]) };
    return createCaptcha({ kind: 'smartcaptcha', verifyUrl, frameUrl, secret: 's3cr3t' }, { rules });
  };

  it('asks Yandex SmartCaptcha in its own words', async () => {
    await assert.rejects(verifier(true)('guessed', '203.0.113.7'), { code: 'captcha-failed' });
    await verifier(true)('solved', '203.0.113.7');
    assert.deepEqual(
      ['secret', 'token', 'ip'].map((name) => asked.at(-1)!.get(name)),
      ['s3cr3t', 'solved', '203.0.113.7'],
    );
  });

  it('goes to no address of the own network that nobody has opened, and lets nobody by', async () => {
    const before = asked.length;
    await assert.rejects(verifier(false)('solved', '203.0.113.7'), { code: 'not-ready' });
    assert.equal(asked.length, before);
  });
});
