import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { Refused, TooManyRequests } from './refused.ts';

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
    keyGenerator: addressOf,
    handler: (_request, _response, next) =>
      next(
        new Refused('too-many-attempts', {
          ru: 'Слишком много попыток с вашего адреса. Подождите минуту.',
          en: 'Too many attempts from your address. Wait a minute.',
        }),
      ),
  });
}

/** The address that requests are counted by; IPv6 by /64, which one household has. */
export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '0.0.0.0', 64);
}

/**
 * Everything that one address asks of what needs no sign-in, answered or not: reading forms, guessing links, sending what does not
 * pass. Before anything is parsed or looked up. What is accepted has a quota of its own (`start-forms/start-quota.ts`).
 */
export function limitEverything(options: { readonly perMinute: number }): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: options.perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: addressOf,
    handler: (_request, _response, next) =>
      next(
        new TooManyRequests(
          {
            ru: 'Слишком много запросов с вашего адреса. Подождите минуту; введённое сохранено.',
            en: 'Too many requests from your address. Wait a minute; what you typed is kept.',
          },
          60,
        ),
      ),
  });
}
