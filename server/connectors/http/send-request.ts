import { lookup } from 'node:dns/promises';
import { request as sendHttp, type IncomingMessage } from 'node:http';
import { request as sendHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { checkAddress, checkTarget, TargetRefused, type Target, type TargetRules } from './check-target.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Milliseconds until there is a connection, and from then until the whole answer is here. */
  readonly connectionTimeout: number;
  readonly readTimeout: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** No usable answer: the network, the time, the size. `retryable` when another try may help. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly retryable: boolean;
  constructor(message: string, { retryable, cause }: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, { cause });
    this.retryable = retryable;
  }
}

export interface SendDeps {
  readonly rules: TargetRules;
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
}

/** An answer becomes a variable of a process, where more would harm everybody. */
const MAX_RESPONSE_BYTES = 2 * 1024 * 1024;
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
const MAX_REDIRECTS = 5;

/**
 * Sends one request and reads the whole answer. Every address is judged where it is used: the literal in the URL, each
 * address that its name resolves to (the very ones that the socket then connects to, so a resolver that changes its mind
 * changes nothing), and again for every redirect.
 *
 * @throws TargetRefused, RequestFailed
 */
export async function sendRequest(deps: SendDeps, request: HttpRequest): Promise<HttpResponse> {
  if (request.body !== null && Buffer.byteLength(request.body) > MAX_REQUEST_BYTES) {
    throw new RequestFailed(`Expected a body of at most ${MAX_REQUEST_BYTES} bytes.`, { retryable: false });
  }
  let next = request;
  for (let redirects = 0; ; redirects += 1) {
    const target = checkTarget(next.url, deps.rules);
    const response = await sendOnce(deps, target, next);
    const location = response.headers['location'];
    const follows = [301, 302, 303, 307, 308].includes(response.status) && location !== undefined;
    // Sending a body again somewhere else is for the author of the model to decide.
    if (!follows || !['GET', 'HEAD'].includes(next.method)) return response;
    if (redirects === MAX_REDIRECTS) throw new RequestFailed('The server redirects without end.', { retryable: false });
    const url = URL.canParse(location, target.url.href) ? new URL(location, target.url.href) : null;
    if (url === null) throw new RequestFailed('The server redirects to what is no URL.', { retryable: false });
    const sameOrigin = url.origin === target.url.origin;
    // Credentials are for the host that they were given for.
    next = { ...next, url: url.href, headers: sameOrigin ? next.headers : {} };
  }
}

function sendOnce(deps: SendDeps, target: Target, request: HttpRequest): Promise<HttpResponse> {
  const { url } = target;
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? sendHttps : sendHttp;
    const client = send(url, {
      method: request.method,
      // Compressed answers could be small on the wire and huge here.
      headers: { ...request.headers, 'accept-encoding': 'identity', connection: 'close' },
      agent: false,
      lookup: guardedLookup(deps, target),
      insecureHTTPParser: false,
    });
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      client.destroy();
      reject(explain(error, target));
    };
    const late = (what: string) => () => fail(new RequestFailed(`${hostOf(target)} ${what}.`, { retryable: true }));
    let timer = setTimeout(late('did not accept a connection in time'), request.connectionTimeout);
    client.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        timer = setTimeout(late('did not answer in time'), request.readTimeout);
      });
    });
    client.on('error', fail);
    client.on('response', (response) => {
      readAnswer(response).then((answer) => {
        clearTimeout(timer);
        resolve(answer);
      }, fail);
    });
    client.end(request.body ?? undefined);
  });
}

/** Resolves once, judges every address, and hands the judged ones to the socket. */
function guardedLookup({ resolve = resolveAll }: SendDeps, target: Target): LookupFunction {
  return (host, options, callback) => {
    resolve(host)
      .then((addresses) => {
        if (addresses.length === 0) throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
        if (!target.opened) for (const { address } of addresses) checkAddress(address, hostOf(target));
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first!.address, first!.family);
      })
      .catch((error: NodeJS.ErrnoException) => callback(error, '', 0));
  };
}

function resolveAll(host: string) {
  return lookup(host, { all: true });
}

async function readAnswer(response: IncomingMessage): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_RESPONSE_BYTES) {
      throw new RequestFailed(`Expected an answer of at most ${MAX_RESPONSE_BYTES} bytes, but it is longer.`, {
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function explain(error: unknown, target: Target): Error {
  if (error instanceof RequestFailed || error instanceof TargetRefused) return error;
  const code = (error as NodeJS.ErrnoException).code ?? 'error';
  // A certificate does not mend itself; anything else on the wire may.
  const retryable = !/CERT|TLS|SSL|HPE_|ERR_INVALID/u.test(code);
  return new RequestFailed(`${hostOf(target)} did not answer (${code}).`, { retryable, cause: error });
}

function hostOf({ host, port }: Target): string {
  return `${host}:${port}`;
}
