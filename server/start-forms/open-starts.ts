import { anonymousLookup, type Audience } from '#engine';
import { notFound, type Refused } from '../http/refused.ts';
import type { Definition } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { startForm, type StartForm } from './start-form.ts';

/** A process that somebody from outside of the house may start, in its latest version. */
export interface OpenStart extends StartForm {
  readonly definition: Definition;
}

/** What is open to whom. The key of a form in addresses is the id of its process. */
export interface OpenStarts {
  /**
   * @throws Refused `not-found`, in the same words for a process that is unknown, suspended, without a form, closed by its latest
   * version or open to others: nobody learns from outside what there is
   */
  find(key: string, audience: Audience): Promise<OpenStart>;
  list(audience: Audience): Promise<readonly OpenStart[]>;
}

export function createOpenStarts({ definitions }: { readonly definitions: Definitions }): OpenStarts {
  const read = async (definition: Definition | undefined, audience: Audience): Promise<OpenStart | null> => {
    if (definition === undefined || definition.suspendedAt !== null) return null;
    const start = await startForm(definitions, definition.definitionKey);
    if (start === null || !start.openTo.includes(audience)) return null;
    // Deployments refuse it; a form that was published alone and later could still do so.
    if (audience === 'anyone' && anonymousLookup(start.form.model) !== undefined) return null;
    return { ...start, definition };
  };
  return {
    async find(key, audience) {
      await definitions.refresh();
      const found = await read(definitions.catalog.latest('process', key), audience);
      if (found === null) throw notOpen();
      return found;
    },

    async list(audience) {
      await definitions.refresh();
      const latest = definitions.catalog.latestOf('process');
      const found = await Promise.all(latest.map((definition) => read(definition, audience)));
      return found.filter((one) => one !== null);
    },
  };
}

export function notOpen(): Refused {
  return notFound({ ru: 'Форма', en: 'Form' });
}
