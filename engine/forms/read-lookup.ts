import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import type { ReferenceSource, RegisterLookup } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord } from './json-checks.ts';
import { compileLookupFilter, type LookupFilter } from './lookup-filter.ts';

export const REGISTER_KEY = /^[a-z][a-z0-9-]{0,49}$/;
const KEYWORDS = ['catalog', 'label', 'filter', 'fill'];

/** Reads `x-source` of a register: `{"catalog": "parts", "label": "name", "filter": "model = form.model", "fill": {"price": "price"}}`. */
export function readLookup(
  source: Readonly<Record<string, unknown>>,
  path: string,
  problems: ProblemList,
): ReferenceSource | undefined {
  const { catalog, label, fill = {} } = source;
  if (typeof catalog !== 'string' || !REGISTER_KEY.test(catalog)) {
    problems.add(
      path,
      `Catalog ${JSON.stringify(catalog)} is not available`,
      'Use "users", "groups" or the key of a register, for example "parts".',
    );
    return undefined;
  }
  for (const keyword of Object.keys(source)) {
    if (!KEYWORDS.includes(keyword))
      problems.add(
        `${path}/${keyword}`,
        `"${keyword}" is not supported in x-source of a register`,
        `x-source of a register takes ${KEYWORDS.join(', ')}.`,
      );
  }
  if (label !== undefined && (typeof label !== 'string' || label === ''))
    problems.add(`${path}/label`, 'label must name a field of the register', 'Write for example "name".');
  const good = isRecord(fill) && Object.values(fill).every((name) => typeof name === 'string' && name !== '');
  if (!good)
    problems.add(
      `${path}/fill`,
      'fill must say which field of the form takes which field of the register',
      'Write {"price": "listPrice"}: the form first, the register second.',
    );
  const filter = readFilter(source['filter'], `${path}/filter`, problems);
  const register: RegisterLookup = {
    ...(typeof label === 'string' && label !== '' && { label }),
    ...(filter && { filter }),
    fill: good ? (fill as Readonly<Record<string, string>>) : {},
  };
  return { catalog, register };
}

function readFilter(text: unknown, path: string, problems: ProblemList): LookupFilter | undefined {
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || text.trim() === '' || text.trimStart().startsWith('=')) {
    problems.add(path, 'filter must be a FEEL expression in quotes, without "="', 'Write "model = form.model".');
    return undefined;
  }
  try {
    return compileLookupFilter(text);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    problems.add(path, `${error.expected} at line ${error.line}, column ${error.column} of <${text}>`, error.remedy);
    return undefined;
  }
}
