import { bucketOf, type Key } from '#engine';
import { noteParties } from '../cases/case-parties.ts';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import type { FileContent } from '../files/content/create-file-content.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { UnknownDefinition } from '../runtime/runtime-errors.ts';
import type { DocumentRow } from './document-read-model.ts';
import { findDocumentOfJob, insertDocument } from './document-store.ts';
import { takeNumber } from './number-series.ts';
import type { DocumentRenderer } from './render/create-document-renderer.ts';

/** What a job asks to be written. */
export interface DocumentOrder {
  readonly jobKey: Key;
  readonly caseKey: Key;
  /** Id of a deployed template. */
  readonly template: string;
  readonly title: string;
  /** Numbering format with one counter, or a bare prefix: `ОТВ` means `ОТВ-{yyyy}-{000000}`. */
  readonly series: string;
  /** Organisations from outside (groups) that it is for: they find it, and its case, in their portal. */
  readonly shownTo: readonly string[];
  /** Variables of the process; the document's own `document` and `case` are added. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly case: { readonly number: string | null; readonly title: string | null; readonly client: string | null };
}

export interface Documents {
  /**
   * Writes a document once per job: number, HTML and PDF are the same however often the job runs.
   * @throws UnknownDefinition (template), UnknownOrganisation, TemplateRefused, RenderFailed
   */
  write(order: DocumentOrder): Promise<DocumentRow>;
}

export interface DocumentsDeps {
  readonly database: Database;
  readonly keySource: KeySource;
  readonly definitions: Definitions;
  readonly renderer: DocumentRenderer;
  readonly content: FileContent;
  readonly now: () => number;
}

export function createDocuments(deps: DocumentsDeps): Documents {
  const { database, keySource, definitions, renderer, content, now } = deps;
  const reader = readerOf(database);

  return {
    async write(order) {
      const written = await findDocumentOfJob(reader, order.jobKey);
      if (written !== null) return written;
      const template = definitions.catalog.latest('template', order.template);
      if (template === undefined) throw new UnknownDefinition('template', order.template);
      const source = await definitions.content(template.definitionKey);
      const recipients = await namesOf(reader, order.shownTo);
      const { number, takenAt } = await takeDocumentNumber(database, order, { now: now(), zone: definitions.zone });
      const createdAt = new Date(takenAt).toISOString();
      const rendered = await renderer.render({
        template: source,
        data: {
          ...order.variables,
          case: order.case,
          document: { number, title: order.title, date: localDate(takenAt, definitions.zone), createdAt, recipients },
        },
        locale: 'ru',
        timeZone: definitions.zone,
        title: `${order.title} № ${number}`,
        createdAt,
        footer: `${order.title} № ${number}`,
      });
      const html = await content.put(Buffer.from(rendered.html, 'utf8'));
      const pdf = await content.put(rendered.pdf);
      const bucket = bucketOf(order.caseKey);
      const row: DocumentRow = {
        bucket,
        document_key: await keySource.next(bucket),
        case_key: order.caseKey,
        job_key: order.jobKey,
        template: order.template,
        title: order.title,
        series: order.series,
        document_number: number,
        html_sha256: html.sha256,
        pdf_sha256: pdf.sha256,
        created_by: null,
        created_at: takenAt,
        shown_to: order.shownTo.length === 0 ? null : order.shownTo,
      };
      const parties = order.shownTo.map((organisation) => ({
        bucket,
        case_key: order.caseKey,
        organisation,
        since: takenAt,
      }));
      try {
        await inTransaction(database, async (tx) => {
          await insertDocument(tx, row);
          await noteParties(tx, parties);
        });
        return row;
      } catch (error) {
        // Another node ran the same job after its lease had passed: its document is the document.
        const first = database.dialect.isUniqueViolation(error) ? await findDocumentOfJob(reader, order.jobKey) : null;
        if (first === null) throw error;
        return first;
      }
    },
  };
}

/** A document is for an organisation that is not there: the model, or the data it goes by, has to be mended. */
export class UnknownOrganisation extends Error {
  constructor(readonly groupId: string) {
    super(`Expected "shownTo" to name groups that exist, but there is no group "${groupId}".`);
    this.name = 'UnknownOrganisation';
  }
}

/** How the organisations are called, for the template. @throws UnknownOrganisation */
async function namesOf(executor: Executor, groupIds: readonly string[]): Promise<readonly string[]> {
  if (groupIds.length === 0) return [];
  const rows = await queryRows<{ group_id: string; name_ru: string }>(
    executor,
    `SELECT group_id, name_ru FROM app_group WHERE group_id IN (${executor.dialect.listFromJson('text')})`,
    [JSON.stringify(groupIds)],
  );
  const names = new Map(rows.map((row) => [row.group_id, row.name_ru]));
  return groupIds.map((groupId) => {
    const name = names.get(groupId);
    if (name === undefined) throw new UnknownOrganisation(groupId);
    return name;
  });
}

/** The number of a job's document, in a transaction of its own: a failing template neither holds the series nor skips. */
function takeDocumentNumber(
  database: Database,
  order: DocumentOrder,
  when: { readonly now: number; readonly zone: string },
): Promise<{ readonly number: string; readonly takenAt: number }> {
  const bucket = bucketOf(order.jobKey);
  const format = /\{0+\}/u.test(order.series) ? order.series : `${order.series}-{yyyy}-{000000}`;
  return inTransaction(database, async (tx) => {
    const claimed = await queryRows(
      tx,
      `INSERT INTO document_number (bucket, job_key, series, document_number, taken_at) VALUES (?, ?, ?, '', ?)
       ON CONFLICT (bucket, job_key) DO NOTHING RETURNING job_key`,
      [bucket, order.jobKey, order.series, when.now],
    );
    if (claimed.length > 0) {
      const number = await takeNumber(tx, { format, ...when });
      await queryRows(tx, 'UPDATE document_number SET document_number = ? WHERE bucket = ? AND job_key = ?', [
        number,
        bucket,
        order.jobKey,
      ]);
      return { number, takenAt: when.now };
    }
    const [row] = await queryRows<{ document_number: string; taken_at: number }>(
      tx,
      'SELECT document_number, taken_at FROM document_number WHERE bucket = ? AND job_key = ?',
      [bucket, order.jobKey],
    );
    return { number: row!.document_number, takenAt: row!.taken_at };
  });
}

/** `2026-11-21` in the zone of the business. */
function localDate(instant: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}
