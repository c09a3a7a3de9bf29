import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const ids = new WeakMap<Request, string>();

/** Gives each request an id that stands in the answer and in the log. One sent by the client is never trusted. */
export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  const id = randomUUID();
  ids.set(request, id);
  response.setHeader('x-request-id', id);
  next();
}

export function requestIdOf(request: Request): string {
  return ids.get(request) ?? 'none';
}
