import type { JsonValue } from '../../json.ts';

/** One function: its name, what it does in English and Russian, an example and the value that the example has. */
export type CatalogueRow = readonly [name: string, en: string, ru: string, example: string, result: JsonValue];
