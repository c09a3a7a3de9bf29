import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { Refused } from './refused.ts';

/**
 * Slows password guessing from one address; IPv6 counts by /64, and only failures count: an office behind one address
 * signs in together in the morning. Per-account slowing stands in `identity/sign-in.ts`,
 * because an attacker has many addresses. Counters are per node: N nodes allow N times as much, which argon2 bears.
 */
export function limitByAddress(options: { readonly perMinute: number }): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: options.perMinute,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request: Request) => ipKeyGenerator(request.ip ?? '0.0.0.0', 64),
    handler: (_request, _response, next) =>
      next(
        new Refused('too-many-attempts', {
          ru: 'Слишком много попыток с вашего адреса. Подождите минуту.',
          en: 'Too many attempts from your address. Wait a minute.',
        }),
      ),
  });
}
