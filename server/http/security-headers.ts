import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';
import type { RequestHandler } from 'express';

interface HeaderOptions {
  readonly secure: boolean;
  /** Origins of pages that may stand in a frame of ours: the captcha's. Their scripts see nothing of the page around. */
  readonly frames: readonly string[];
}

/**
 * Strict headers (`reliability.md` §3.3). No script is inline and none is evaluated. Style ATTRIBUTES are allowed
 * because bpmn-js builds its watermark (which its licence wants unchanged) and popups from markup with
 * `style="…"`; style elements are refused (the designer's theme is a file).
 * `upgrade-insecure-requests` and HSTS only where the browser really came by https, else a first start on
 * http://localhost would break.
 */
export function securityHeaders(options: HeaderOptions): RequestHandler {
  const headers = [['permissions-policy', PERMISSIONS] as const, ...headersOf(helmet(optionsOf(options)))];
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

/** Forms scan codes and note places, in our own pages only; nothing of ours listens, pays or reads a sensor. */
const PERMISSIONS = [
  'camera=(self)',
  'geolocation=(self)',
  ...['microphone', 'payment', 'usb', 'serial', 'hid', 'bluetooth', 'midi', 'display-capture'].map(
    (name) => `${name}=()`,
  ),
].join(', ');

/** They are the same for every answer, so its thirteen middlewares are asked once. */
function headersOf(middleware: ReturnType<typeof helmet>): readonly (readonly [string, string])[] {
  const headers: [string, string][] = [];
  const response = {
    setHeader: (name: string, value: string) => void headers.push([name, value]),
    removeHeader: () => undefined,
  };
  let done = false;
  middleware({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw new Error('Expected helmet to know its headers.', { cause: error });
    done = true;
  });
  if (!done) throw new Error('Expected helmet to set its headers at once.');
  return headers;
}

function optionsOf(options: HeaderOptions): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameSrc: ["'self'", ...options.frames],
        frameAncestors: ["'none'"],
        ...(options.secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: options.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  };
}

/**
 * For content that people sent us: it may be shown, but it is nobody's page. `sandbox` without allowances takes its
 * origin, scripts and forms away even when it is opened by its address.
 */
export const SANDBOXED_CONTENT = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;
