import { bucketOf, type Key } from '#engine';
import type { IntakeResult } from '#contract';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { bucketForText, type KeySource } from '../database/key-source.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { takeNumber } from '../documents/number-series.ts';
import type { FileContent } from '../files/content/create-file-content.ts';
import { insertFiles } from '../files/case-files.ts';
import { Refused } from '../http/refused.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import { mailboxOf, mailRow, variablesOf } from './describe-mail.ts';
import { readIntakeRules, type IntakeRules } from './intake-rules.ts';
import {
  findCaseByMessageIds,
  findCaseByNumber,
  findCaseNumber,
  findMailByMessageId,
  type MailRow,
} from './mail-read-model.ts';
import { claimReceipt, insertMail, setReceiptNumber, type MailReceipt } from './record-mail.ts';
import { parseMail, type ParsedMail } from './mail/parse-mail.ts';
import { storeAttachments } from './store-attachments.ts';
import { tellCase } from './tell-case.ts';

export interface Intake {
  /**
   * Takes in one raw message: a new case, an answer to one, a duplicate, or mail nobody wrote (ignored, but kept).
   * Safe to repeat with the same bytes at any time, also after a crash half-way.
   * @throws MailRefused; Refused `not-ready` when no process starts from mail
   */
  receive(raw: Uint8Array): Promise<IntakeResult>;
}

export interface IntakeDeps {
  readonly database: Database;
  readonly keySource: KeySource;
  readonly definitions: Definitions;
  readonly runner: Runner;
  readonly content: FileContent;
  readonly now: () => number;
}

export function createIntake(deps: IntakeDeps): Intake {
  const { database, keySource, definitions, runner, content, now } = deps;
  const reader = readerOf(database);

  /** Claims the Message-ID with the keys and the number that the new case will have. */
  const claimCase = (
    mail: ParsedMail,
    rules: IntakeRules,
    keys: Pick<MailReceipt, 'bucket' | 'mail_key' | 'case_key'>,
  ): Promise<MailReceipt> =>
    inTransaction(database, async (tx) => {
      const claim: MailReceipt = { ...keys, message_id: mail.messageId, case_number: null };
      const before = await claimReceipt(tx, claim);
      if (before !== null) return before;
      const format = rules.caseNumbers.format;
      const numbered = { ...claim, case_number: await takeNumber(tx, { format, now: now(), zone: definitions.zone }) };
      await setReceiptNumber(tx, numbered);
      return numbered;
    });

  const newCase = async (mail: ParsedMail, raw: Uint8Array, rules: IntakeRules): Promise<IntakeResult> => {
    const start = await findStart(rules.startMessage);
    const bucket = bucketForText(mail.messageId);
    const keys = { bucket, mail_key: await keySource.next(bucket), case_key: await keySource.next(bucket) };
    const receipt = await claimCase(mail, rules, keys);
    const caseKey = receipt.case_key!;
    const caseNumber = receipt.case_number!;
    const at = now();
    const stored = await store(mail, raw, { bucket, mailKey: receipt.mail_key, caseKey, at });
    try {
      await runner.start({
        processDefinitionKey: start.processDefinitionKey,
        startElementId: start.elementId,
        startDefinitionIndex: start.definitionIndex,
        processInstanceKey: caseKey,
        by: null,
        case: { caseNumber, title: mail.subject, client: mail.from.name || mail.from.address || null },
        variables: {
          ...variablesOf(mail, stored.attachments, at),
          channel: 'mail',
          mailbox: mailboxOf(mail),
          caseNumber,
        },
        also: ({ tx }) => stored.write(tx, { outcome: 'case-created', reason: null }),
      });
    } catch (error) {
      // The same mail came twice at once and the other one was first.
      if (!database.dialect.isUniqueViolation(error)) throw error;
      return { outcome: 'duplicate', reason: null, caseKey: String(caseKey), caseNumber };
    }
    return { outcome: 'case-created', reason: null, caseKey: String(caseKey), caseNumber };
  };

  const joinCase = async (
    mail: ParsedMail,
    raw: Uint8Array,
    caseKey: Key,
    rules: IntakeRules,
  ): Promise<IntakeResult> => {
    const bucket = bucketOf(caseKey);
    const caseNumber = await findCaseNumber(reader, caseKey);
    const at = now();
    const mailKey = await keySource.next(bucket);
    const stored = await store(mail, raw, { bucket, mailKey, caseKey, at });
    const result = { reason: null, caseKey: String(caseKey), caseNumber };
    return inTransaction(database, async (tx) => {
      const claim = {
        bucket,
        message_id: mail.messageId,
        mail_key: mailKey,
        case_key: caseKey,
        case_number: caseNumber,
      };
      if ((await claimReceipt(tx, claim)) !== null) return { outcome: 'duplicate', ...result };
      await stored.write(tx, { outcome: 'joined-case', reason: null });
      // Through the outbox of the same transaction: the case hears of the answer even if the server dies right now.
      const reply = { name: rules.replyMessage, correlationKey: caseNumber ?? String(caseKey), caseKey, mailKey, at };
      const from = mail.from.name || mail.from.address;
      await tellCase(tx, {
        ...reply,
        from,
        subject: mail.subject,
        variables: variablesOf(mail, stored.attachments, at),
      });
      return { outcome: 'joined-case', ...result };
    });
  };

  const ignore = async (mail: ParsedMail, raw: Uint8Array, reason: string): Promise<IntakeResult> => {
    const bucket = bucketForText(mail.messageId);
    const mailKey = await keySource.next(bucket);
    const result = { caseKey: null, caseNumber: null };
    const stored = await store({ ...mail, attachments: [] }, raw, { bucket, mailKey, caseKey: null, at: now() });
    return inTransaction(database, async (tx) => {
      const claim = { bucket, message_id: mail.messageId, mail_key: mailKey, case_key: null, case_number: null };
      if ((await claimReceipt(tx, claim)) !== null) return { outcome: 'duplicate', reason: null, ...result };
      await stored.write(tx, { outcome: 'ignored', reason });
      return { outcome: 'ignored', reason, ...result };
    });
  };

  /** Content first, rows later: what is on disk without a row is an orphan, a row without content would be a lie. */
  const store = async (
    mail: ParsedMail,
    raw: Uint8Array,
    place: { readonly bucket: number; readonly mailKey: Key; readonly caseKey: Key | null; readonly at: number },
  ) => {
    const { bucket, mailKey, caseKey, at } = place;
    const { sha256 } = await content.put(raw);
    const nextKey = (): Promise<Key> => keySource.next(bucket);
    const attachments = await storeAttachments(mail, { bucket, mailKey, caseKey, content, now: at, nextKey });
    const write = async (tx: Transaction, end: Pick<MailRow, 'outcome' | 'reason'>): Promise<void> => {
      await insertMail(tx, { ...mailRow(mail, place), ...end, raw_sha256: sha256 });
      await insertFiles(tx, attachments.files);
    };
    return { attachments, write };
  };

  const findStart = async (messageName: string) => {
    const [row] = await queryRows<{
      process_definition_key: Key;
      element_id: string;
      definition_index: number;
      suspended: boolean | number;
    }>(
      reader,
      `SELECT process_definition_key, element_id, definition_index, suspended FROM start_subscription
       WHERE message_name = ? ORDER BY subscription_key LIMIT 1`,
      [messageName],
    );
    if (row === undefined) {
      throw new Refused('not-ready', {
        ru: `Нет процесса, который начинается с сообщения «${messageName}». Опубликуйте его и отправьте письмо снова.`,
        en: `No process starts from the message "${messageName}". Deploy one and send the mail again.`,
      });
    }
    if (row.suspended) {
      throw new Refused('not-ready', {
        ru: `Процесс, который начинается с сообщения «${messageName}», приостановлен. Отправьте письмо снова, когда его возобновят.`,
        en: `The process that starts from the message "${messageName}" is suspended. Send the mail again when it is resumed.`,
      });
    }
    return {
      processDefinitionKey: row.process_definition_key,
      elementId: row.element_id,
      definitionIndex: row.definition_index,
    };
  };

  return {
    async receive(raw) {
      await definitions.refresh();
      const rules = await readIntakeRules(definitions);
      const mail = await parseMail(raw, { caseNumbers: rules.caseNumbers });
      const known = await findMailByMessageId(reader, mail.messageId);
      if (known !== null) {
        const caseNumber = known.case_key === null ? null : await findCaseNumber(reader, known.case_key);
        return {
          outcome: 'duplicate',
          reason: null,
          caseKey: known.case_key === null ? null : String(known.case_key),
          caseNumber,
        };
      }
      if (mail.bounce) return ignore(mail, raw, 'bounce');
      if (mail.autoReply !== false) return ignore(mail, raw, 'auto-reply');
      const threads = [...(mail.inReplyTo === undefined ? [] : [mail.inReplyTo]), ...mail.references];
      const caseKey =
        (await findCaseByNumber(reader, mail.caseNumbers)) ?? (await findCaseByMessageIds(reader, threads));
      return caseKey === null ? newCase(mail, raw, rules) : joinCase(mail, raw, caseKey, rules);
    },
  };
}
