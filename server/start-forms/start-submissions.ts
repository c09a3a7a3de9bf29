import type { Audience, Key, VariableMap } from '#engine';
import type { CaseProgress, Language, StartFormView, StartReceipt } from '#contract';
import { noteParties } from '../cases/case-parties.ts';
import { hashRequest } from '../database/command-log.ts';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { takeNumber } from '../documents/number-series.ts';
import { adoptFiles } from '../files/case-files.ts';
import { APPLICANT } from '../files/file-owner.ts';
import { notFound, Refused } from '../http/refused.ts';
import { readIntakeRules } from '../intake/intake-rules.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import { CallTooDeep, CommandRejected, SuspendedDefinition, UnknownDefinition } from '../runtime/runtime-errors.ts';
import { checkReferences } from '../user-tasks/check-references.ts';
import { evaluateSubmission } from '../user-tasks/evaluate-submission.ts';
import type { FormValidators } from '../user-tasks/form-validators.ts';
import { formInvalid } from '../user-tasks/task-refusals.ts';
import type { VerifyCaptcha } from './captcha.ts';
import { readCaseProgress } from './case-progress.ts';
import { followHashOf, identifySubmission, type SubmissionIdentity } from './identify-submission.ts';
import { notOpen, type OpenStart, type OpenStarts } from './open-starts.ts';
import type { PublicFormSettings } from './public-form-settings.ts';
import { ownerOf, type Sender } from './sender.ts';
import { forgetQuotas, takeQuota, type Quota } from './start-quota.ts';
import {
  claimSubmission,
  findByFollowHash,
  findSubmission,
  setCaseNumber,
  setRequestHash,
  type StartSubmissionRow,
} from './start-submission-store.ts';

interface Sending {
  /** Of the form. */
  readonly key: string;
  readonly sender: Sender;
  readonly submission: string;
  readonly language: Language;
}

/** Forms that start cases from outside of the house. Each throws Refused `not-found` for a form that is not open to the sender. */
export interface StartSubmissions {
  view(key: string, audience: Audience): Promise<StartFormView>;
  /** @throws Refused `form-invalid`, `captcha-failed`, `conflict` (the submission is of another form), TooManyRequests */
  submit(sending: Sending & { readonly data: unknown; readonly captcha?: string | undefined }): Promise<StartReceipt>;
  /** @throws Refused `not-found` */
  follow(token: string, language: Language): Promise<CaseProgress>;
  /** Forgets counters of hours that are over. */
  sweep(): Promise<void>;
}

export interface StartSubmissionsDeps {
  readonly database: Database;
  readonly keySource: KeySource;
  readonly definitions: Definitions;
  readonly runner: Runner;
  readonly openStarts: OpenStarts;
  readonly validators: FormValidators;
  readonly captcha: VerifyCaptcha;
  readonly settings: PublicFormSettings;
  readonly now: () => number;
}

export function createStartSubmissions(deps: StartSubmissionsDeps): StartSubmissions {
  const { database, keySource, definitions, runner, openStarts, settings, now } = deps;
  const reader = readerOf(database);

  /** Claims the submission with the key and the number that its case will have; costs the sender one of the hour. */
  const claim = async (
    start: OpenStart,
    { key, sender }: Sending,
    { identity, requestHash }: { readonly identity: SubmissionIdentity; readonly requestHash: string },
  ): Promise<StartSubmissionRow> => {
    const { bucket, submissionId, followHash } = identity;
    const caseKey = await keySource.next(bucket);
    const { caseNumbers } = await readIntakeRules(definitions);
    const at = now();
    const row: StartSubmissionRow = {
      bucket,
      submission_id: submissionId,
      process_id: key,
      case_key: caseKey,
      case_number: null,
      follow_hash: followHash,
      started_by: sender.audience === 'anyone' ? null : sender.username,
      organisation: sender.audience === 'anyone' ? null : sender.organisation,
      request_hash: requestHash,
      created_at: at,
    };
    return inTransaction(database, async (tx) => {
      const before = await claimSubmission(tx, row);
      if (before !== null) return before;
      for (const quota of startQuotas(start, sender, { settings, now: at })) await takeQuota(tx, quota);
      const number = await takeNumber(tx, { format: caseNumbers.format, now: at, zone: definitions.zone });
      await setCaseNumber(tx, row, number);
      return { ...row, case_number: number };
    });
  };

  const startCase = async (
    start: OpenStart,
    row: StartSubmissionRow,
    given: {
      readonly sender: Sender;
      readonly variables: VariableMap;
      readonly fileKeys: readonly Key[];
      readonly requestHash: string;
      readonly language: Language;
    },
  ): Promise<void> => {
    const { sender, variables, requestHash, language } = given;
    const fileKeys = [...new Set(given.fileKeys)];
    await runner.start({
      processDefinitionKey: start.definition.definitionKey,
      processInstanceKey: row.case_key,
      by: row.started_by,
      // Whatever a repeat brings along, the first one is what counts.
      repeatable: { commandId: `start:${row.submission_id}`, requestHash: hashRequest(row.submission_id) },
      case: { caseNumber: row.case_number },
      variables: { ...variables, caseNumber: row.case_number, ...originOf(sender) },
      also: async ({ tx, now: at }) => {
        const { bucket, case_key: caseKey } = row;
        const to = row.started_by ?? APPLICANT;
        const adopted = await adoptFiles(tx, {
          bucket,
          fileKeys,
          caseKey,
          from: ownerOf(row.submission_id, sender),
          to,
          now: at,
        });
        if (adopted < fileKeys.length) throw filesGone(language);
        const { organisation } = row;
        if (organisation !== null) await noteParties(tx, [{ bucket, case_key: caseKey, organisation, since: at }]);
        if (row.request_hash !== requestHash) await setRequestHash(tx, row, requestHash);
      },
    });
  };

  /** A signed-in person reads the validator where those of tasks stand. */
  const validatorUrl = async (key: string, formKey: Key, audience: Audience): Promise<string> => {
    if (audience !== 'anyone') return deps.validators.url(formKey);
    const { hash } = await deps.validators.of(formKey);
    return `/api/public/starts/${encodeURIComponent(key)}/validator/${hash}.mjs`;
  };

  return {
    async view(key, audience) {
      const start = await openStarts.find(key, audience);
      const { form, binding } = start;
      return {
        key,
        formId: form.definition.id,
        version: form.definition.version,
        definition: form.source,
        binding,
        validatorUrl: await validatorUrl(key, form.definition.definitionKey, audience),
        now: new Date(now()).toISOString(),
        zone: definitions.zone,
        captcha: audience === 'anyone' && settings.captcha !== null ? { frameUrl: settings.captcha.frameUrl } : null,
      };
    },

    async submit(sending) {
      const { key, sender, data, language } = sending;
      const identity = identifySubmission(sending.submission);
      const { bucket, submissionId } = identity;
      const requestHash = hashRequest(key, (data ?? null) as never);
      const before = await findSubmission(reader, { bucket, submission_id: submissionId });
      // Before anything else: the answer was lost, the captcha's token is spent, and the form may be closed by now.
      if (before !== null && (await isThere(reader, before))) return receiptOf(before, identity, requestHash);

      const start = await openStarts.find(key, sender.audience);
      const { form, binding } = start;
      const submitted = { form: form.model, binding, stored: {}, data, mode: 'submit', language, at: now() } as const;
      const { errors, ...evaluation } = evaluateSubmission(definitions, submitted);
      if (errors.length > 0) throw formInvalid(errors);
      const owner = ownerOf(submissionId, sender);
      const references = await checkReferences(reader, {
        ...evaluation,
        bucket,
        owns: (file) => file.case_key === null && file.created_by === owner,
        language,
        definitions,
        now: submitted.at,
      });
      if (references.errors.length > 0) throw formInvalid(references.errors);
      if (sender.audience === 'anyone') await deps.captcha(sending.captcha, sender.address);

      const row = await claim(start, sending, { identity, requestHash });
      // Its number and its row are of the form that it was claimed for.
      if (row.process_id !== key) throw ofAnotherForm();
      const { variables } = evaluation;
      const { fileKeys } = references;
      await startCase(start, row, { sender, variables, fileKeys, requestHash, language }).catch((error: unknown) => {
        throw outsideWords(error);
      });
      // After a try that died half-way: whether the case began with these values, or another try was faster, is stored by now.
      const stored = row.request_hash === requestHash ? row : await findSubmission(reader, row);
      return receiptOf(stored ?? row, identity, requestHash);
    },

    async follow(token, language) {
      const missing = notFound({ ru: 'Заявка', en: 'Request' });
      const row = await findByFollowHash(reader, followHashOf(token));
      if (row === null) throw missing;
      const progress = await readCaseProgress(reader, definitions, { caseKey: row.case_key, language });
      if (progress === null) throw missing;
      return progress;
    },

    sweep: () => inTransaction(database, (tx) => forgetQuotas(tx, now())),
  };
}

/** What the process learns beside the form; names of the form's own fields never win over these. */
function originOf(sender: Sender): VariableMap {
  if (sender.audience === 'anyone') return { channel: 'public-form' };
  return { channel: 'portal', startedBy: sender.username, contractor: sender.organisation };
}

function startQuotas(
  { definition }: OpenStart,
  sender: Sender,
  { settings, now }: { readonly settings: PublicFormSettings; readonly now: number },
): readonly Quota[] {
  // Contractors answer for what they send by name.
  if (sender.audience !== 'anyone') return [];
  return [
    { scope: `starts ${sender.address}`, limit: settings.startsPerAddress, now },
    { scope: `starts of ${definition.id}`, limit: settings.startsPerForm, now },
  ];
}

async function isThere(executor: Executor, { bucket, case_key: caseKey }: StartSubmissionRow): Promise<boolean> {
  const rows = await queryRows(
    executor,
    'SELECT 1 AS one FROM process_instance WHERE bucket = ? AND process_instance_key = ?',
    [bucket, caseKey],
  );
  return rows.length > 0;
}

function receiptOf(row: StartSubmissionRow, { followToken }: SubmissionIdentity, requestHash: string): StartReceipt {
  return {
    caseNumber: row.case_number!,
    followToken,
    acceptedAt: new Date(row.created_at).toISOString(),
    differs: row.request_hash !== requestHash,
  };
}

/** What the engine or an operator has against it is for the log, not for people outside. */
function outsideWords(error: unknown): unknown {
  if (error instanceof SuspendedDefinition || error instanceof UnknownDefinition) return notOpen();
  if (!(error instanceof CommandRejected || error instanceof CallTooDeep)) return error;
  const refused = new Refused('not-ready', {
    ru: 'Заявку сейчас не принять: ошибка на нашей стороне. Введённое сохранено, попробуйте позже или позвоните.',
    en: 'The request cannot be taken just now: a fault on our side. What you typed is kept; try later, or call us.',
  });
  refused.cause = error;
  return refused;
}

function ofAnotherForm(): Refused {
  return new Refused('conflict', {
    ru: 'Этот ключ отправки уже принадлежит другой форме. Откройте форму заново и отправьте её.',
    en: 'This submission key belongs to another form already. Open the form anew and send it.',
  });
}

function filesGone(language: Language): Refused {
  const message =
    language === 'ru'
      ? 'Приложенные файлы уже удалены: форма была открыта слишком долго. Приложите их снова.'
      : 'The attached files are gone: the form was open for too long. Attach them again.';
  return formInvalid([{ path: '', keyword: 'fileReference', params: {}, message }]);
}
