import type { SchemaValidator } from '#engine';

/**
 * Loads a form's precompiled validator (`/api/forms/:key/validator.mjs`). Same origin, so `script-src 'self'` lets it in; the browser
 * keeps one per address, so put the form's version or hash into the address.
 */
export async function loadValidator(url: string): Promise<SchemaValidator> {
  const module = (await import(/* @vite-ignore */ url)) as { readonly validate?: unknown };
  if (typeof module.validate !== 'function') throw new Error(`Expected a validator at <${url}>.`);
  return module.validate as SchemaValidator;
}
