/** The sign by which a message was recognised as not written by a person for us. */
export type AutoReplyReason =
  | 'auto-submitted'
  | 'auto-response-suppress'
  | 'precedence'
  | 'autoreply-header'
  | 'null-return-path'
  | 'disposition-notification'
  | 'delivery-report'
  | 'mailer-daemon'
  | 'autoreply-subject';

export type MailHeaders = {
  /** First value of a header, by lower-case name, or undefined. */
  readonly get: (name: string) => string | undefined;
};

const AUTOREPLY_HEADERS = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from'];
const AUTOREPLY_SUBJECT =
  /^(?:автоответ|автоматический ответ|нет на месте|вне офиса|отсутствую|auto(?:matic)?[ -]?reply|out of (?:the )?office)(?=[\s:,.!]|$)/iu;
const BOUNCE_SUBJECT =
  /(?:undeliver|delivery (?:status|failure|has failed)|mail delivery|returned mail|failure notice|не ?доставлен|недоставлен|отчет о доставке|отчёт о доставке)/iu;

/**
 * Recognises automatic replies and bounces by what the standards say first: RFC 3834 `Auto-Submitted`, the null
 * reverse-path of RFC 5321 §4.5.5, `multipart/report` of RFC 6522. A subject alone never decides: people write
 * «Нет на месте детали». Only `All`, `OOF` and `AutoReply` of X-Auto-Response-Suppress count, because Outlook puts
 * `DR, RN, NRN` on ordinary letters.
 */
export function recogniseAutomaticMail(mail: {
  readonly headers: MailHeaders;
  readonly fromAddress: string;
  readonly subject: string;
}): { readonly autoReply: false | AutoReplyReason; readonly bounce: boolean } {
  const { headers, subject } = mail;
  const localPart = mail.fromAddress.toLowerCase().split('@')[0] ?? '';
  const contentType = (headers.get('content-type') ?? '').toLowerCase();
  const nullReturnPath = /^\s*<\s*>\s*$/u.test(headers.get('return-path') ?? '');

  const report = contentType.startsWith('multipart/report');
  if (report && contentType.includes('disposition-notification')) {
    return { autoReply: 'disposition-notification', bounce: false };
  }
  if (report) return { autoReply: 'delivery-report', bounce: true };
  const daemon = localPart === 'mailer-daemon';
  const postmasterReport = localPart === 'postmaster' && (nullReturnPath || BOUNCE_SUBJECT.test(subject));
  if (daemon || postmasterReport || headers.get('x-failed-recipients') !== undefined) {
    return { autoReply: 'mailer-daemon', bounce: true };
  }

  return { autoReply: autoReplySign(headers, { localPart, nullReturnPath, subject }), bounce: false };
}

function autoReplySign(
  headers: MailHeaders,
  mail: { readonly localPart: string; readonly nullReturnPath: boolean; readonly subject: string },
): false | AutoReplyReason {
  const autoSubmitted = headers.get('auto-submitted')?.trim().toLowerCase();
  if (autoSubmitted !== undefined && autoSubmitted !== '' && !/^no(?:$|[\s;(])/u.test(autoSubmitted)) {
    return 'auto-submitted';
  }
  const suppress = headers.get('x-auto-response-suppress');
  if (suppress !== undefined && /\b(?:all|oof|autoreply)\b/iu.test(suppress)) return 'auto-response-suppress';
  if (AUTOREPLY_HEADERS.some((name) => /\S/u.test(headers.get(name) ?? '') && !/^no$/iu.test(headers.get(name)!))) {
    return 'autoreply-header';
  }
  if (/^(?:bulk|junk|list|auto[_-]?reply)$/iu.test((headers.get('precedence') ?? '').trim())) return 'precedence';
  if (mail.nullReturnPath) return 'null-return-path';
  const machineSender = /^(?:no-?reply|do-?not-?reply|autoreply|auto-reply)/u.test(mail.localPart);
  if (AUTOREPLY_SUBJECT.test(mail.subject.trim()) && (machineSender || suppress !== undefined)) {
    return 'autoreply-subject';
  }
  return false;
}
