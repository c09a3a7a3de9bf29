import type { CaptchaSettings } from './captcha.ts';

/** How much the forms that need no sign-in take in. */
export interface PublicFormSettings {
  /** Requests of any kind that one address may make in a minute. */
  readonly requestsPerMinute: number;
  /** Cases that one address may start in an hour, by all forms together. */
  readonly startsPerAddress: number;
  /** Cases that one form may start in an hour, from all addresses together. */
  readonly startsPerForm: number;
  /** Files that one address may upload in an hour. */
  readonly filesPerAddress: number;
  readonly captcha: CaptchaSettings | null;
}

export const PUBLIC_FORM_DEFAULTS: PublicFormSettings = {
  requestsPerMinute: 120,
  startsPerAddress: 10,
  startsPerForm: 200,
  filesPerAddress: 60,
  captcha: null,
};
