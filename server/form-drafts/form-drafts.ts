import type {
  FormDesign,
  FormDraftSaved,
  FormImpact,
  FormList,
  FormPublished,
  FormVariables,
  FormVersionList,
  Language,
  SaveFormDraft,
} from '#contract';
import { InvalidForm, readForm, type JsonValue } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { InvalidDeployment } from '../deployments/invalid-deployment.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { answeredBefore, runOnce, type RequestCommand } from '../http/request-command.ts';
import type { Definition } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { latestProcesses } from '../runtime/latest-processes.ts';
import { findUser } from '../users/user-read-model.ts';
import { formImpact } from './form-impact.ts';
import { stepsOf } from './form-steps.ts';
import { formVariables } from './form-variables.ts';
import { formOutline, labelIn } from './form-outline.ts';
import {
  deleteFormDraft,
  findFormDraft,
  findPublications,
  insertPublication,
  listFormDrafts,
  lockFormDraft,
  writeFormDraft,
  type FormDraftRow,
} from './form-draft-store.ts';
import { breaksOthers, noSuchForm, noSuchVersion, savedByAnother, unpublishable } from './form-refusals.ts';

type Json = Readonly<Record<string, unknown>>;

export interface FormWrite {
  readonly formId: string;
  readonly by: string;
  readonly command: RequestCommand | null;
}

/**
 * The forms an analyst draws. One draft per form, for everybody; publishing deploys it as the next version through the deployments
 * of the server, so the same checks decide, and instances stay on the version they began with.
 */
export interface FormDrafts {
  /** Deployed forms and drafts, by title. */
  list(language: Language): Promise<FormList>;
  /** @throws Refused `not-found` */
  find(formId: string): Promise<FormDesign>;
  /** @throws Refused `conflict` when another person saved since `revision` */
  save(request: FormWrite & SaveFormDraft): Promise<FormDraftSaved>;
  /** Back to what is published; a form that never was published is gone. */
  discard(request: FormWrite): Promise<void>;
  /** @throws Refused `conflict`, `form-unpublishable` with a problem per place */
  publish(
    request: FormWrite & { readonly revision: number; readonly note: string; readonly confirmBreaking?: boolean },
  ): Promise<FormPublished>;
  /** What publishing the draft would do to others. @throws Refused `not-found` */
  impact(formId: string): Promise<FormImpact>;
  /** What the processes that show it know beside it. A form that no step shows has none. */
  variables(formId: string): Promise<FormVariables>;
  versions(formId: string): Promise<FormVersionList>;
  /** @throws Refused `not-found` */
  version(formId: string, version: number): Promise<Json>;
  /** Publishes an old version again, as the newest. @throws Refused `not-found` */
  republish(request: FormWrite & { readonly version: number; readonly note: string }): Promise<FormPublished>;
}

export interface FormDraftsDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly deployments: Deployments;
  readonly now: () => number;
}

export function createFormDrafts({ database, definitions, deployments, now }: FormDraftsDeps): FormDrafts {
  const reader = readerOf(database);
  const nameOf = async (username: string): Promise<string> => (await findUser(reader, username))?.name ?? username;
  const latest = (formId: string): Definition | undefined => definitions.catalog.latest('form', formId);
  const versionsOf = (formId: string): readonly Definition[] =>
    definitions.catalog.all.filter(({ kind, id }) => kind === 'form' && id === formId);
  const sourceOf = async (definition: Definition): Promise<Json> =>
    JSON.parse(await definitions.content(definition.definitionKey)) as Json;

  const requireRevision = async (row: FormDraftRow | null, revision: number): Promise<void> => {
    if ((row?.revision ?? 0) === revision) return;
    const name = row === null ? '' : await nameOf(row.saved_by);
    throw savedByAnother(name, new Date(row?.saved_at ?? now()).toISOString());
  };

  /** Deploys the text as the form's next version and notes who said what about it. */
  const deploy = async ({ formId, by }: FormWrite, definition: Json, note: string) => {
    const resourceName = latest(formId)?.resourceName ?? `${formId}.form.json`;
    const content = `${JSON.stringify({ ...definition, key: formId }, null, 2)}\n`;
    const deployment = await deployments
      .deploy({
        resources: [{ name: resourceName, content }],
        by,
        also: (tx, [form]) => insertPublication(tx, { definition_key: form!.definitionKey, note, published_by: by }),
      })
      .catch((error: unknown) => {
        throw error instanceof InvalidDeployment ? unpublishable(error, (name) => labelIn(definition, name)) : error;
      });
    const [published] = deployment.definitions;
    return { definition: published!, changed: deployment.changed };
  };

  return {
    async list() {
      await definitions.refresh();
      const drafts = new Map((await listFormDrafts(reader)).map((row) => [row.form_id, row]));
      const published = new Map(
        definitions.catalog.all.filter(({ kind }) => kind === 'form').map((one) => [one.id, one] as const),
      );
      const items = await Promise.all(
        [...new Set([...published.keys(), ...drafts.keys()])].map(async (formId) => {
          const stands = published.get(formId);
          const row = drafts.get(formId);
          const open = row !== undefined && row.published_version === null ? row : undefined;
          const definition = open ? (open.definition as Json) : await sourceOf(stands!);
          return {
            formId,
            ...formOutline(definition, formId),
            published: stands ? { version: stands.version, at: new Date(stands.createdAt).toISOString() } : null,
            draft: open
              ? {
                  savedAt: new Date(open.saved_at).toISOString(),
                  savedBy: open.saved_by,
                  savedByName: await nameOf(open.saved_by),
                }
              : null,
          };
        }),
      );
      return { items: items.sort((left, right) => left.title.localeCompare(right.title, 'ru')) };
    },

    async find(formId) {
      await definitions.refresh();
      const row = await findFormDraft(reader, formId);
      const stands = latest(formId);
      if (row === null && stands === undefined) throw noSuchForm();
      const published = stands ? await sourceOf(stands) : null;
      const changed = row !== null && row.published_version === null;
      return {
        formId,
        definition: { ...(changed ? (row.definition as Json) : published!) },
        sample: { ...((row?.sample as Json | undefined) ?? {}) },
        revision: row?.revision ?? 0,
        changed,
        savedAt: changed ? new Date(row.saved_at).toISOString() : null,
        savedBy: changed ? row.saved_by : null,
        savedByName: changed ? await nameOf(row.saved_by) : null,
        published:
          stands && published
            ? { version: stands.version, at: new Date(stands.createdAt).toISOString(), definition: { ...published } }
            : null,
        steps: [...stepsOf(await latestProcesses(definitions), formId)],
      };
    },

    async save({ formId, by, command, revision, definition, sample }) {
      const savedAt = now();
      return inTransaction(database, (tx) =>
        runOnce(tx, { command, now: savedAt }, async () => {
          const row = await lockFormDraft(tx, formId);
          await requireRevision(row, revision);
          const next: FormDraftRow = {
            form_id: formId,
            revision: revision + 1,
            definition,
            sample: sample ?? row?.sample ?? {},
            published_version: null,
            saved_at: savedAt,
            saved_by: by,
          };
          await writeFormDraft(tx, next);
          return { revision: next.revision, savedAt: new Date(savedAt).toISOString() };
        }),
      );
    },

    async discard({ formId, by, command }) {
      await definitions.refresh();
      const stands = latest(formId);
      const at = now();
      await inTransaction(database, (tx) =>
        runOnce(tx, { command, now: at }, async (): Promise<JsonValue> => {
          const row = await lockFormDraft(tx, formId);
          if (row === null) return null;
          if (stands === undefined) await deleteFormDraft(tx, formId);
          else
            await writeFormDraft(tx, {
              ...row,
              revision: row.revision + 1,
              definition: {},
              published_version: stands.version,
              saved_at: at,
              saved_by: by,
            });
          return null;
        }),
      );
    },

    async publish(request) {
      const { formId, by, revision, note, command } = request;
      // After the publication the revision is another: a repeat of the request would be refused by the very thing it did.
      const before = await inTransaction(database, (tx) => answeredBefore<FormPublished>(tx, command));
      if (before !== null) return before;
      await definitions.refresh();
      const row = await findFormDraft(reader, formId);
      await requireRevision(row, revision);
      if (row === null && latest(formId) === undefined) throw noSuchForm();
      const changedDraft = row !== null && row.published_version === null;
      const definition = changedDraft ? (row.definition as Json) : await sourceOf(latest(formId)!);
      // What cannot be published at all is told first, by the deployment.
      if (request.confirmBreaking !== true && isForm({ ...definition, key: formId })) {
        const { changes } = await this.impact(formId);
        const breaking = changes.filter((change) => change.breaking);
        if (breaking.length > 0) throw breaksOthers(breaking, (name) => labelIn(definition, name));
      }
      // Deploying the same text again gives the version that stands, so a repeat after a broken connection does no harm.
      const published = await deploy(request, definition, note);
      const { version, definitionKey } = published.definition;
      const answer = { version, formKey: String(definitionKey), changed: published.changed };
      return inTransaction(database, (tx) =>
        runOnce(tx, { command, now: now() }, async () => {
          const stored = await lockFormDraft(tx, formId);
          // Somebody saved while it was published: their changes stay a draft.
          if (stored === null || stored.revision !== revision) return { ...answer, revision: stored?.revision ?? 0 };
          const kept = { ...stored, revision: revision + 1, published_version: version, saved_at: now(), saved_by: by };
          await writeFormDraft(tx, kept);
          return { ...answer, revision: kept.revision };
        }),
      );
    },

    async impact(formId) {
      const { definition, published } = await this.find(formId);
      return formImpact(definitions, { formId, before: published?.definition ?? null, after: definition });
    },

    variables: (formId) => formVariables(definitions, formId),

    async versions(formId) {
      await definitions.refresh();
      const found = versionsOf(formId);
      const notes = await findPublications(
        reader,
        found.map(({ definitionKey }) => definitionKey),
      );
      const items = await Promise.all(
        found.map(async ({ version, definitionKey, createdAt }) => {
          const note = notes.get(definitionKey);
          return {
            version,
            formKey: String(definitionKey),
            at: new Date(createdAt).toISOString(),
            by: note?.published_by ?? null,
            byName: note === undefined ? null : await nameOf(note.published_by),
            note: note?.note ?? '',
          };
        }),
      );
      return { items: items.reverse() };
    },

    async version(formId, version) {
      await definitions.refresh();
      const found = versionsOf(formId).find((one) => one.version === version);
      if (found === undefined) throw noSuchVersion();
      return sourceOf(found);
    },

    async republish(request) {
      const { formId, version, note, command } = request;
      const before = await inTransaction(database, (tx) => answeredBefore<FormPublished>(tx, command));
      if (before !== null) return before;
      const { definition, changed } = await deploy(request, await this.version(formId, version), note);
      return inTransaction(database, (tx) =>
        runOnce(tx, { command, now: now() }, async () => {
          const revision = (await findFormDraft(tx, formId))?.revision ?? 0;
          return { version: definition.version, formKey: String(definition.definitionKey), revision, changed };
        }),
      );
    },
  };
}

function isForm(definition: Json): boolean {
  try {
    readForm(definition);
    return true;
  } catch (error) {
    if (error instanceof InvalidForm) return false;
    throw error;
  }
}
