import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAllowedHosts, TargetRefused, type TargetRules } from './check-target.ts';
import { RequestFailed, sendRequest, type HttpRequest } from './send-request.ts';

const get = (url: string): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  body: null,
  connectionTimeout: 15_000,
  readTimeout: 15_000,
});

/** `P` stands for the port of a real server on this machine, so that what gets through is heard. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'loopback as a literal': [
    'http://127.0.0.1:P/',
    'http://127.0.0.2:P/',
    'http://127.255.255.254:P/',
    'http://[::1]:P/',
  ],
  'loopback in other notations': [
    'http://127.1:P/',
    'http://127.0.1:P/',
    'http://2130706433:P/',
    'http://0x7f000001:P/',
    'http://0x7f.0.0.1:P/',
    'http://0177.0.0.1:P/',
    'http://017700000001:P/',
    'http://0:P/',
    'http://0.0.0.0:P/',
    'http://127.0.0.1.:P/',
    'http://①②⑦.0.0.1:P/',
    'http://127。0。0。1:P/',
  ],
  'IPv4 dressed as IPv6': [
    'http://[::ffff:127.0.0.1]:P/',
    'http://[::ffff:7f00:1]:P/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]:P/',
    'http://[::127.0.0.1]:P/',
    'http://[64:ff9b::7f00:1]:P/',
    'http://[64:ff9b:1::7f00:1]:P/',
    'http://[2002:7f00:1::]:P/',
    'http://[2001:0:7f00:1::]:P/',
  ],
  'networks that are not public': [
    'http://10.0.0.1:P/',
    'http://10.255.255.255:P/',
    'http://172.16.0.1:P/',
    'http://172.31.255.255:P/',
    'http://192.168.1.1:P/',
    'http://100.64.0.1:P/',
    'http://169.254.169.254:P/latest/meta-data/',
    'http://192.0.0.192:P/',
    'http://192.0.2.1:P/',
    'http://198.18.0.1:P/',
    'http://198.19.255.255:P/',
    'http://198.51.100.1:P/',
    'http://203.0.113.1:P/',
    'http://224.0.0.1:P/',
    'http://240.0.0.1:P/',
    'http://255.255.255.255:P/',
    'http://[fc00::1]:P/',
    'http://[fd00:ec2::254]:P/',
    'http://[fe80::1]:P/',
    'http://[fec0::1]:P/',
    'http://[ff02::1]:P/',
    'http://[::]:P/',
    'http://[100::1]:P/',
    'http://[2001:db8::1]:P/',
  ],
  'names that lead there': [
    'http://localhost:P/',
    'http://LOCALHOST.:P/',
    'http://inside.example:P/',
    'http://both.example:P/',
    'http://v6.example:P/',
    'http://mapped.example:P/',
    'http://metadata.google.internal:P/',
  ],
  schemes: [
    'file:///etc/passwd',
    'ftp://public.example:P/',
    'gopher://127.0.0.1:P/',
    'data:text/plain,x',
    'javascript:1',
  ],
  ports: [
    'http://public.example:22/',
    'http://public.example:25/',
    'http://public.example:6379/',
    'https://public.example:5432/',
  ],
  'what hides the host': [
    'http://user:secret@public.example:P/',
    'http://public.example@127.0.0.1:P/',
    'http://127.0.0.1:P#@public.example/',
    'http://127.0.0.1:P\\@public.example/',
    'no url at all',
  ],
};

const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1'],
  'localhost.': ['127.0.0.1'],
  'inside.example': ['10.0.0.7'],
  'both.example': ['93.184.216.34', '127.0.0.1'],
  'v6.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'public.example': ['93.184.216.34'],
};

describe('where the HTTP connector does not go', () => {
  let server: Server;
  let port = 0;
  let heard: string[] = [];
  let location = '';
  let rules: TargetRules;
  const resolve = async (host: string) =>
    (NAMES[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const send = (url: string, more: Partial<Parameters<typeof sendRequest>[0]> = {}) =>
    sendRequest({ rules, resolve, ...more }, get(url.replace(':P', `:${port}`)));

  before(async () => {
    server = createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
      if (request.url === '/redirect') response.writeHead(302, { location }).end();
      else if (request.url === '/slow') response.write('x');
      else if (request.url === '/large') response.end(Buffer.alloc(3 * 1024 * 1024, 'x'));
      else response.end('reached');
    });
    await new Promise<void>((done) => server.listen(0, '::', done));
    port = (server.address() as AddressInfo).port;
    rules = { allow: [], ports: new Set([80, 443, port]) };
  });
  beforeEach(() => (heard = []));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = (): TargetRules => ({ ...rules, allow: readAllowedHosts(`partner.example:${port}`) });
  const toMachine = async () => [{ address: '127.0.0.1', family: 4 }];

  for (const [why, urls] of Object.entries(REFUSED)) {
    for (const url of urls) {
      it(`${why}: ${url}`, async () => {
        await assert.rejects(send(url), TargetRefused);
        assert.deepEqual(heard, [], 'nobody was called');
      });
    }
  }

  it('has at least sixty rows above', () => {
    assert.ok(Object.values(REFUSED).flat().length >= 60);
  });

  it('reaches that very server once an administrator has opened its host, on that port and no other', async () => {
    const allow = readAllowedHosts(`127.0.0.1:${port}`);
    assert.equal((await send('http://127.0.0.1:P/x', { rules: { ...rules, allow } })).text, 'reached');
    assert.deepEqual(heard, ['GET /x']);
    await assert.rejects(send('http://[::1]:P/', { rules: { ...rules, allow } }), TargetRefused);
    const other = readAllowedHosts(`127.0.0.1:${port + 1}`);
    await assert.rejects(send('http://127.0.0.1:P/', { rules: { ...rules, allow: other } }), TargetRefused);
  });

  it('connects to the address that was judged: a resolver that changes its mind is asked once', async () => {
    let asked = 0;
    const rebinding = async () => [{ address: (asked += 1) === 1 ? '127.0.0.1' : '93.184.216.34', family: 4 }];
    await assert.rejects(send('http://rebind.example:P/', { resolve: rebinding }), TargetRefused);
    assert.deepEqual([asked, heard], [1, []]);
  });

  it('judges every redirect anew', async () => {
    const there = [
      `http://127.0.0.1:${port}/secret`,
      'http://169.254.169.254/latest/',
      'file:///etc/passwd',
      `//localhost:${port}/secret`,
      `http://[::ffff:7f00:1]:${port}/secret`,
    ];
    for (location of there) {
      const deps = {
        rules: open(),
        resolve: async (host: string) => (host === 'partner.example' ? toMachine() : resolve(host)),
      };
      await assert.rejects(send('http://partner.example:P/redirect', deps), TargetRefused, location);
    }
    assert.ok(!heard.some((one) => one.includes('secret')));
  });

  it('takes credentials to no other host, and ends a circle of redirects', async () => {
    const allow = readAllowedHosts(`partner.example:${port}, other.example:${port}`);
    const deps = { rules: { ...rules, allow }, resolve: toMachine };
    location = `http://other.example:${port}/next`;
    const request = { ...get(`http://partner.example:${port}/redirect`), headers: { authorization: 'Bearer t' } };
    await sendRequest(deps, request);
    assert.deepEqual(heard, ['GET /redirect Bearer t', 'GET /next']);
    location = '/redirect';
    await assert.rejects(sendRequest(deps, request), /redirects without end/);
  });

  it('bounds time and size', async () => {
    const deps = { rules: open(), resolve: toMachine };
    const slow = { ...get(`http://partner.example:${port}/slow`), readTimeout: 100 };
    await assert.rejects(sendRequest(deps, slow), (error) => error instanceof RequestFailed && error.retryable);
    await assert.rejects(send('http://partner.example:P/large', deps), /at most 2097152 bytes/);
  });
});
