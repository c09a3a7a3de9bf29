import { headerLine } from './outgoing-mail.ts';
import { MailNotSent } from './mail-not-sent.ts';

/** What nodemailer attaches to its errors (its `errors.d.ts`). */
type SmtpError = {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly rejected?: readonly unknown[];
};

/** Turns a nodemailer error into a typed one. The text of the server is quoted, the URL and login never. */
export function explainSmtpError(error: unknown): MailNotSent {
  const { code, responseCode, response, rejected } = (error ?? {}) as SmtpError;
  const said = headerLine(response ?? '', 200);
  const quoteRu = said === '' ? '' : ` Ответ сервера: «${said}».`;
  const quoteEn = said === '' ? '' : ` The server said: "${said}".`;
  const permanent = responseCode !== undefined && responseCode >= 500;

  if (code === 'EAUTH') {
    return new MailNotSent({
      code: 'mail-login-failed',
      retryable: !permanent,
      smtpStatus: responseCode,
      ru: {
        message: `Почтовый сервер не принял имя или пароль.${quoteRu}`,
        remedy: 'Администратору: проверьте учётную запись SMTP в настройках сервера.',
      },
      en: {
        message: `The mail server refused the login.${quoteEn}`,
        remedy: 'For the administrator: check the SMTP account in the server settings.',
      },
    });
  }
  if (code === 'EENVELOPE' || (rejected !== undefined && rejected.length > 0)) {
    return new MailNotSent({
      code: 'mail-recipient-rejected',
      retryable: !permanent,
      smtpStatus: responseCode,
      ru: {
        message: `Почтовый сервер отклонил получателя.${quoteRu}`,
        remedy: permanent ? 'Проверьте адрес клиента и отправьте снова.' : 'Отправка повторится сама.',
      },
      en: {
        message: `The mail server rejected the recipient.${quoteEn}`,
        remedy: permanent ? "Check the client's address and send again." : 'Sending is retried by itself.',
      },
    });
  }
  if (responseCode !== undefined) {
    return new MailNotSent({
      code: 'mail-message-rejected',
      retryable: !permanent,
      smtpStatus: responseCode,
      ru: {
        message: `Почтовый сервер не принял письмо.${quoteRu}`,
        remedy: permanent
          ? 'Проверьте размер вложений и адрес отправителя, затем отправьте снова.'
          : 'Отправка повторится сама.',
      },
      en: {
        message: `The mail server did not accept the message.${quoteEn}`,
        remedy: permanent
          ? 'Check the size of the attachments and the sender address, then send again.'
          : 'Sending is retried by itself.',
      },
    });
  }
  return new MailNotSent({
    code: 'mail-server-unreachable',
    retryable: true,
    ru: {
      message: `Нет связи с почтовым сервером (${code ?? 'ошибка'}).`,
      remedy: 'Отправка повторится сама. Если это длится долго, проверьте адрес и порт SMTP.',
    },
    en: {
      message: `The mail server cannot be reached (${code ?? 'error'}).`,
      remedy: 'Sending is retried by itself. If it lasts, check the SMTP host and port.',
    },
  });
}
