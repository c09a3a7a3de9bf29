import type { TargetRules } from '../connectors/http/check-target.ts';
import { sendRequest, type HttpResponse } from '../connectors/http/send-request.ts';
import { Refused } from '../http/refused.ts';

/** How a provider wants to be asked. Cloudflare Turnstile and hCaptcha share one form; Yandex SmartCaptcha has its own. */
export type CaptchaKind = 'siteverify' | 'smartcaptcha';

export interface CaptchaSettings {
  readonly kind: CaptchaKind;
  /** Where a token is checked, e.g. `https://challenges.cloudflare.com/turnstile/v0/siteverify`. */
  readonly verifyUrl: string;
  /** The page with the widget, of another origin, that hands the token over (docs/guide/public-forms.md). */
  readonly frameUrl: string;
  readonly secret: string;
}

/** Asks whether somebody has solved the riddle. Every token counts once. */
export type VerifyCaptcha = (token: string | undefined, address: string) => Promise<void>;

const TIMEOUT_MS = 5_000;
const FIELDS = {
  siteverify: { token: 'response', address: 'remoteip' },
  smartcaptcha: { token: 'token', address: 'ip' },
} as const;

/**
 * @throws Refused `captcha-failed` for a missing or wrong token, `not-ready` when the provider does not answer: a check that is asked
 * for and cannot be made lets nobody through
 */
export function createCaptcha(
  settings: CaptchaSettings | null,
  { rules }: { readonly rules: TargetRules },
): VerifyCaptcha {
  if (settings === null) return () => Promise.resolve();
  const { kind, verifyUrl, secret } = settings;
  const fields = FIELDS[kind];
  return async (token, address) => {
    if (token === undefined || token === '') throw failed();
    const body = new URLSearchParams({ secret, [fields.token]: token, [fields.address]: address }).toString();
    const answer = await sendRequest(
      { rules },
      {
        method: 'POST',
        url: verifyUrl,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Reglament' },
        body,
        connectionTimeout: TIMEOUT_MS,
        readTimeout: TIMEOUT_MS,
      },
    ).catch((error: unknown) => {
      throw unreachable(error);
    });
    if (answer.status >= 500) throw unreachable(new Error(`The captcha provider answered ${answer.status}.`));
    if (!passed(kind, answer)) throw failed();
  };
}

function passed(kind: CaptchaKind, { status, text }: HttpResponse): boolean {
  if (status !== 200) return false;
  try {
    const told = JSON.parse(text) as { readonly success?: unknown; readonly status?: unknown };
    return kind === 'siteverify' ? told.success === true : told.status === 'ok';
  } catch {
    return false;
  }
}

function failed(): Refused {
  return new Refused('captcha-failed', {
    ru: 'Подтвердите, что вы не робот, и отправьте ещё раз.',
    en: 'Confirm that you are not a robot and send it again.',
  });
}

function unreachable(cause: unknown): Refused {
  const refused = new Refused('not-ready', {
    ru: 'Проверка «я не робот» сейчас недоступна. Введённое сохранено, отправьте ещё раз через минуту.',
    en: 'The check "I am not a robot" cannot be made just now. What you typed is kept; send it again in a minute.',
  });
  refused.cause = cause;
  return refused;
}
