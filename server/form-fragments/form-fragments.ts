import type { FormFragmentList, SaveFormFragment } from '#contract';
import type { JsonValue } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { Refused } from '../http/refused.ts';
import { runOnce, type RequestCommand } from '../http/request-command.ts';
import { findUser } from '../users/user-read-model.ts';
import {
  countOtherFragments,
  deleteFormFragment,
  listFormFragments,
  writeFormFragment,
} from './form-fragment-store.ts';

/** The palette shows them all at once, with what is in them: a hundred are a list that still helps. */
const MOST = 100;

interface FragmentWrite {
  readonly fragmentId: string;
  readonly by: string;
  readonly command: RequestCommand | null;
}

/** Pieces of forms kept by name. Nothing refers to them: putting one into a form copies it. */
export interface FormFragments {
  list(): Promise<FormFragmentList>;
  /** A new one, another name, or a deleted one brought back: the client chooses the id. @throws Refused `conflict` when there are too many */
  save(request: FragmentWrite & SaveFormFragment): Promise<void>;
  delete(request: FragmentWrite): Promise<void>;
}

export interface FormFragmentsDeps {
  readonly database: Database;
  readonly now: () => number;
}

export function createFormFragments({ database, now }: FormFragmentsDeps): FormFragments {
  const reader = readerOf(database);
  return {
    async list() {
      const rows = await listFormFragments(reader);
      const people = new Map(
        await Promise.all(
          [...new Set(rows.map(({ saved_by }) => saved_by))]
            .filter(Boolean)
            .map(async (username) => [username, (await findUser(reader, username))?.name ?? username] as const),
        ),
      );
      const items = rows.map((row) => ({
        fragmentId: row.fragment_id,
        title: row.title,
        content: row.content as SaveFormFragment['content'],
        savedAt: new Date(row.saved_at).toISOString(),
        savedByName: people.get(row.saved_by) ?? null,
      }));
      return { items: items.sort((left, right) => left.title.localeCompare(right.title, 'ru')) };
    },

    async save({ fragmentId, title, content, by, command }) {
      const at = now();
      await inTransaction(database, (tx) =>
        runOnce(tx, { command, now: at }, async (): Promise<JsonValue> => {
          if ((await countOtherFragments(tx, fragmentId)) >= MOST) throw tooMany();
          const row = { fragment_id: fragmentId, title: title.trim(), content, saved_at: at, saved_by: by };
          await writeFormFragment(tx, row);
          return null;
        }),
      );
    },

    async delete({ fragmentId, command }) {
      await inTransaction(database, (tx) =>
        runOnce(tx, { command, now: now() }, async (): Promise<JsonValue> => {
          await deleteFormFragment(tx, fragmentId);
          return null;
        }),
      );
    },
  };
}

function tooMany(): Refused {
  return new Refused('conflict', {
    ru: `Заготовок уже ${MOST}. Удалите ненужные, чтобы сохранить новую.`,
    en: `There are ${MOST} fragments already. Delete some to save a new one.`,
  });
}
