import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { themeVariables } from '../../theme/mantine-variables.ts';

/** Stricter than the product's own policy wherever they differ: what runs here runs there. */
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

const PEOPLE = [
  { value: 'petrova', label: 'Петрова Анна' },
  { value: 'sidorov', label: 'Сидоров Игорь' },
  { value: 'kuznetsov', label: 'Кузнецов Олег' },
];

export interface FormServer {
  readonly url: string;
  /** Fails every upload while true. */
  uploadsFail: boolean;
  /** Answered at `/<name>`; set before the page is opened. */
  readonly documents: Map<string, { readonly type: string; readonly body: string }>;
  readonly close: () => Promise<void>;
}

/** Bundles an entry and serves it under the strict policy, with a small file store and a list of people. */
export async function serveFormPage(entry: URL): Promise<FormServer> {
  const bundle = await bundleEntry(entry);
  const files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  const state = { uploadsFail: false };
  const documents: FormServer['documents'] = new Map();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://x');
    const send = (status: number, type: string, body: string | Uint8Array): void => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': CSP }).end(body);
    };
    const name = url.pathname.slice(1);
    const document = documents.get(name);
    if (document) return send(200, document.type, document.body);
    if (name === '') return send(200, 'text/html', PAGE);
    if (bundle.has(name))
      return send(
        200,
        name.endsWith('.css') ? 'text/css' : name.endsWith('.js') ? 'text/javascript' : 'font/woff2',
        bundle.get(name)!,
      );
    if (name === 'lookup') return send(200, 'application/json', JSON.stringify(findPeople(url.searchParams)));
    if (name === 'files' && request.method === 'POST') {
      const bytes = Buffer.concat(await request.toArray());
      if (state.uploadsFail) return send(503, 'text/plain', 'no');
      const fileKey = `f-${files.size + 1}`;
      const type = request.headers['content-type'] ?? '';
      files.set(fileKey, { type, bytes });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return send(
        200,
        'application/json',
        JSON.stringify({ fileKey, name: url.searchParams.get('name'), mimeType: type, size: bytes.length, sha256 }),
      );
    }
    const file = files.get(basename(name));
    return file ? send(200, file.type, file.bytes) : send(404, 'text/plain', name);
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    documents,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

const PAGE = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Форма</title><link rel="icon" href="/icon.svg">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page.css">
</head><body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`;

function findPeople(query: URLSearchParams): typeof PEOPLE {
  const values = query.getAll('value');
  const search = (query.get('search') ?? '').toLowerCase();
  return PEOPLE.filter(({ value, label }) =>
    values.length > 0 ? values.includes(value) : label.toLowerCase().includes(search),
  );
}

async function bundleEntry(entry: URL): Promise<ReadonlyMap<string, Uint8Array>> {
  const result = await build({
    entryPoints: { page: fileURLToPath(entry) },
    outdir: '/',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['source'],

    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file' },
    logLevel: 'error',
    plugins: [
      {
        name: 'theme-variables',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^virtual:theme-variables\.css$/ }, ({ path }) => ({ path, namespace: 'theme' }));
          onLoad({ filter: /.*/, namespace: 'theme' }, () => ({ contents: themeVariables(), loader: 'css' }));
        },
      },
    ],
  });
  const bundle = new Map(result.outputFiles.map((file) => [basename(file.path), file.contents]));
  bundle.set('icon.svg', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  return bundle;
}
