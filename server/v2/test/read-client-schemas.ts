import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A schema of the official client as JSON Schema; only what the tests look at is named. */
export interface ClientSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ClientSchema>>;
  readonly items?: ClientSchema;
  readonly anyOf?: readonly ClientSchema[];
  readonly allOf?: readonly ClientSchema[];
}

/**
 * The schemas by which the official client validates, by operation: `searchJobs` → what may be asked. The package does not
 * export them, so their part of its bundle is run by itself.
 */
export async function readClientSchemas(): Promise<ReadonlyMap<string, ClientSchema>> {
  const { resolve } = createRequire(import.meta.url);
  const folder = dirname(resolve('@camunda8/orchestration-cluster-api'));
  const zod = pathToFileURL(join(dirname(resolve('zod')), 'index.js')).href;
  const bundle = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .find((text) => text.includes(BEGINS));
  if (bundle === undefined) throw new Error(`Expected a bundle of the client with the part "${BEGINS}".`);
  const from = bundle.indexOf(BEGINS);
  const part = bundle.slice(from, bundle.indexOf('\n// src/', from + 1));
  const file = join(tmpdir(), `client-schemas-${process.pid}-${Date.now()}.mjs`);
  writeFileSync(file, `${EXPORT}\n${part.replace('from "zod"', `from "${zod}"`)}\nexport { zod_gen_exports, z };\n`);
  try {
    const { zod_gen_exports: schemas, z } = (await import(pathToFileURL(file).href)) as {
      zod_gen_exports: Record<string, unknown>;
      z: { toJSONSchema(schema: unknown, options: object): ClientSchema };
    };
    const requests = Object.keys(schemas).filter((name) => /^z[A-Z].*Data$/.test(name));
    return new Map(
      requests.map((name) => [
        name.charAt(1).toLowerCase() + name.slice(2, -'Data'.length),
        z.toJSONSchema(schemas[name], { unrepresentable: 'any', io: 'input' }),
      ]),
    );
  } finally {
    rmSync(file);
  }
}

const BEGINS = '// src/gen/zod.gen.ts';
/** What the bundler's own function does. */
const EXPORT =
  'const __export = (to, all) => { for (const name in all) Object.defineProperty(to, name, { get: all[name], enumerable: true }); };';

/** All properties of a schema, whether written at once or in parts. */
export function propertiesOf(schema: ClientSchema | undefined): Readonly<Record<string, ClientSchema>> {
  if (schema === undefined) return {};
  const parts = [schema, ...(schema.allOf ?? [])];
  return Object.assign({}, ...parts.map((part) => (part === schema ? part.properties : propertiesOf(part)))) as Record<
    string,
    ClientSchema
  >;
}
