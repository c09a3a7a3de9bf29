import type { Request, Response } from 'express';

/** Long enough for an answer to arrive before the connection breaks; a client that goes on sending is heard no longer. */
const LINGER_MS = 5_000;

/**
 * Answers a request whose body nobody will read, and closes the connection after it. Closed at once, with bytes still coming, it
 * would be reset, and a client that is busy sending hears of the reset and not of the answer (a `fetch` of 26 MB: one in four). So
 * the whole answer goes out first, and what still comes is thrown away for a moment.
 */
export function answerUnread(request: Request, response: Response, text: string): void {
  response.setHeader('connection', 'close');
  response.setHeader('content-length', Buffer.byteLength(text));
  response.write(text);
  request.unpipe();
  const timer = setTimeout(() => response.end(), LINGER_MS);
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => response.end());
  if (request.readableEnded || request.destroyed) response.end();
  else request.resume();
}
