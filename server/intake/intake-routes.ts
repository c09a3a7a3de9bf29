import { IntakeResult } from '#contract';
import { created, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Intake } from './intake.ts';
import { defaultMailLimits } from './mail/check-mail-limits.ts';

export function intakeRoutes({ intake }: { readonly intake: Intake }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/intake/mail',
      summary: { ru: 'Передать входящее письмо', en: 'Hand over an incoming mail' },
      access: 'intake',
      body: { kind: 'raw', contentType: 'message/rfc822', maxBytes: defaultMailLimits.rawBytes },
      response: { status: 200, description: 'What became of it; 201 for a new case', schema: IntakeResult },
      // The Message-ID is the key: the same mail is taken in once, with or without an Idempotency-Key.
      repeatable: false,
      handler: async ({ body }) => {
        const result = await intake.receive(body);
        return result.outcome === 'case-created' ? created(result) : ok(result);
      },
    }),
  ];
}
