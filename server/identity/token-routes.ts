import { Type } from '@sinclair/typebox';
import { Refused } from '../http/refused.ts';
import { ok, type Reply } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Identity } from './identity.ts';
import { TOKEN_LIFE } from './identity.ts';

const Token = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
});

/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4) as the official clients ask for it: `CAMUNDA_OAUTH_URL` is this address.
 * `audience` and `scope` are taken and mean nothing: what a client may do is told by its roles and authorisations.
 */
export function tokenRoutes({ identity }: { readonly identity: Identity }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/oauth/token',
      summary: { ru: 'Токен клиента API', en: 'Token of an API client' },
      access: 'public',
      body: { kind: 'raw', contentType: 'application/x-www-form-urlencoded', maxBytes: 8_192 },
      response: { status: 200, description: 'Opaque, for an hour; other errors as RFC 6749 §5.2', schema: Token },
      repeatable: false,
      handler: async ({ body }) => {
        const form = new URLSearchParams(body.toString('utf8'));
        if (form.get('grant_type') !== 'client_credentials') return refused(400, 'unsupported_grant_type');
        const [username, password] = [form.get('client_id'), form.get('client_secret')];
        if (username === null || password === null) return refused(400, 'invalid_request');
        try {
          const token = await identity.issueToken({ username, password });
          return ok({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFE / 1_000 });
        } catch (error) {
          if (error instanceof Refused && error.code === 'wrong-credentials') return refused(401, 'invalid_client');
          throw error;
        }
      },
    }),
  ];
}

function refused(status: 400 | 401, error: string): Reply {
  return { kind: 'json', status, body: { error }, headers: {} };
}
