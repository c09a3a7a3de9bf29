import { createTransport } from 'nodemailer';
import { explainSmtpError } from './explain-smtp-error.ts';
import { checkedRecipients, headerLine, messageIdOf, subjectWithCase, type OutgoingMail } from './outgoing-mail.ts';
import { writeToOutbox } from './write-to-outbox.ts';

export type SentMail = {
  /** With angle brackets; what an answer will carry in In-Reply-To. */
  readonly messageId: string;
  readonly via: 'smtp' | 'outbox';
  /** The outbox held this message already and nothing was written. Over SMTP always false: the server cannot tell. */
  readonly repeated: boolean;
  /** Addresses the server refused while it took the others. */
  readonly rejected: readonly string[];
};

export type MailSender = {
  /** @throws MailNotSent with `retryable` for the job runner */
  readonly send: (mail: OutgoingMail) => Promise<SentMail>;
  readonly close: () => void;
};

/**
 * Hands messages to the SMTP server of `smtpUrl` (`smtp://user:password@host:587`, `smtps://…:465`), or without one
 * writes each as a complete `.eml` file into `outboxFolder`. At-least-once by design: SMTP has no way to ask whether a
 * message was taken before the connection dropped, so the Message-ID is the same on every try.
 */
export function createMailSender(options: {
  readonly smtpUrl?: string | undefined;
  readonly outboxFolder: string;
  readonly from: { readonly name?: string; readonly address: string };
  /** Milliseconds for connecting, greeting and silence; defaults 10 s, 10 s, 30 s. */
  readonly timeouts?: { readonly connection: number; readonly greeting: number; readonly silence: number };
}): MailSender {
  const [from] = checkedRecipients([options.from]);
  // Files and URLs as content sources are nodemailer features that a template author must never reach.
  const closed = { disableFileAccess: true, disableUrlAccess: true } as const;
  const timeouts = options.timeouts ?? { connection: 10_000, greeting: 10_000, silence: 30_000 };
  const smtp =
    options.smtpUrl === undefined || options.smtpUrl === ''
      ? undefined
      : createTransport({
          url: options.smtpUrl,
          ...closed,
          connectionTimeout: timeouts.connection,
          greetingTimeout: timeouts.greeting,
          socketTimeout: timeouts.silence,
        });
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...closed });

  return {
    send: async (mail) => {
      const messageId = messageIdOf(mail.idempotencyKey, options.from.address);
      const message = { ...compose(mail, messageId), from: from! };
      if (smtp === undefined) {
        const composed = await composer.sendMail(message);
        const name = messageId.slice(1, messageId.indexOf('@'));
        const written = await writeToOutbox(options.outboxFolder, name, composed.message as Buffer);
        return { messageId, via: 'outbox', repeated: !written, rejected: [] };
      }
      try {
        const sent = await smtp.sendMail(message);
        const rejected = sent.rejected.map(String);
        return { messageId, via: 'smtp', repeated: false, rejected };
      } catch (error) {
        throw explainSmtpError(error);
      }
    },
    close: () => smtp?.close(),
  };
}

function compose(mail: OutgoingMail, messageId: string) {
  const references = [...(mail.references ?? []), ...(mail.inReplyTo === undefined ? [] : [mail.inReplyTo])].filter(
    (id) => /^<[^<>\s\p{Cc}]+>$/u.test(id),
  );
  const inReplyTo = mail.inReplyTo !== undefined && references.includes(mail.inReplyTo) ? mail.inReplyTo : undefined;
  return {
    messageId,
    date: mail.date,
    to: [...checkedRecipients(mail.to)],
    subject: subjectWithCase(mail.subject, mail.caseNumber),
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references.length === 0 ? {} : { references: [...new Set(references)] }),
    headers: mail.automatic === true ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {},
    attachments: (mail.attachments ?? []).map((attachment) => ({
      filename: headerLine(attachment.name, 200),
      contentType: headerLine(attachment.mimeType, 100),
      content: Buffer.from(attachment.content),
    })),
  };
}
