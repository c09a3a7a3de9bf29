import express, { type Express, type Request, type Response } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const API = /^\/(?:api|v2)(?:\/|$)/;

/**
 * Serves the built designer. Files under `assets/` carry a hash in their name and are kept for ever; the page itself is
 * asked for each time. Any other address that a person may have bookmarked gets the page, which routes by itself.
 */
export function serveDesigner(app: Express, folder: string): void {
  const page = join(folder, 'index.html');
  app.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
  );
  app.use(express.static(folder, { index: false, maxAge: '1h', dotfiles: 'ignore' }));
  app.get('/{*path}', (request: Request, response: Response, next) => {
    if (API.test(request.path) || !request.accepts('html')) return next();
    if (!existsSync(page)) {
      response.status(503).type('text/plain; charset=utf-8');
      response.end(
        'Экраны ещё не собраны: выполните npm run build.\nThe screens are not built yet: run npm run build.\n',
      );
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    // With `root`, or an installation under a folder such as `~/.local` would count as a hidden file.
    response.sendFile('index.html', { root: folder });
  });
}
