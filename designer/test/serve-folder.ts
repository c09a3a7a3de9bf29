import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file of the built designer; every other address gets the page, which routes by itself. */
export function serveFile(folder: string, path: string, response: ServerResponse): void {
  const relative = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const name = extname(relative) === '' ? '/index.html' : relative;
  try {
    const content = readFileSync(join(folder, name));
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}
