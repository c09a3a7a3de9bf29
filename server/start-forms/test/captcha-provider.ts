import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CaptchaSettings } from '../captcha.ts';

/** A page as the guide describes it: the widget is a button, its token is always `solved`. */
const FRAME = `<!doctype html><html lang="ru"><title>Капча</title>
<button type="button" onclick="parent.postMessage({ type: 'reglament:captcha', token: 'solved', height: 72 }, '*')">Я не робот</button>`;

/** A provider of captchas on this machine: its page for the frame and its check, on another origin than the server's. */
export async function startCaptchaProvider(): Promise<{
  readonly settings: CaptchaSettings;
  readonly port: number;
  close(): void;
}> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (request.method === 'GET') return response.setHeader('content-type', 'text/html; charset=utf-8').end(FRAME);
      const success = new URLSearchParams(body).get('response') === 'solved';
      return response.setHeader('content-type', 'application/json').end(JSON.stringify({ success }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  return {
    settings: { kind: 'siteverify', verifyUrl: `${base}/siteverify`, frameUrl: `${base}/widget.html`, secret: 's' },
    port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
