import Handlebars from 'handlebars';
import { checkTemplate, type TemplatePath } from './check-template.ts';
import { missingVariable, strictValues } from './strict-values.ts';
import { RenderFailed } from './template-errors.ts';
import { requirePresent, templateHelpers, type HelperContext } from './template-functions.ts';

export type CompiledTemplate = {
  /** Well-formed markup of the subset. @throws RenderFailed with variable and line */
  readonly render: (data: unknown, context: HelperContext) => string;
};

const MAX_OUTPUT = 5 * 1024 * 1024;
/** All iterations of one rendering together: three nested lists of 200 were measured at 4.5 s and 316 MB. */
const MAX_ITERATIONS = 100_000;

/**
 * Checks and compiles one template source (strings only, never an AST) with the known helpers and nothing else.
 *
 * @throws TemplateRefused
 */
export function compileTemplate(source: string): CompiledTemplate {
  const paths = checkTemplate(source);
  const handlebars = Handlebars.create();
  for (const name of Object.keys(handlebars.helpers)) {
    if (!['if', 'unless', 'each'].includes(name)) handlebars.unregisterHelper(name);
  }
  const known = ['date', 'dateTime', 'money', 'number', 'plural', 'eq', 'optional', 'if', 'unless', 'each'];
  const template = handlebars.compile(source, {
    // Only reached where the data have no marker to give: a path through null, a number or a text.
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: {
      ...Object.fromEntries(known.map((name) => [name, true])),
      ...Object.fromEntries(
        ['with', 'lookup', 'log', 'helperMissing', 'blockHelperMissing'].map((name) => [name, false]),
      ),
    },
    explicitPartialContext: true,
  });

  return {
    render: (data, context) => {
      try {
        const helpers = { ...templateHelpers(context), ...strictBlocks(handlebars) };
        const output = template(strictValues(data), { helpers: helpers });
        if (output.length > MAX_OUTPUT) throw tooLarge();
        return output;
      } catch (error) {
        throw withLine(error, paths);
      }
    },
  };
}

type BlockHelper = (this: unknown, value: unknown, options: unknown) => string;

/** The built-in blocks, but an absent value is an error; `null`, false, 0, '' and [] are the empty ones. */
function strictBlocks(handlebars: typeof Handlebars): Readonly<Record<string, BlockHelper>> {
  let iterations = 0;
  const wrap = (name: 'if' | 'unless' | 'each'): BlockHelper => {
    const original = handlebars.helpers[name] as unknown as BlockHelper;
    return function (value, options) {
      requirePresent([value, options]);
      if (name === 'each' && Array.isArray(value)) {
        iterations += value.length;
        if (iterations > MAX_ITERATIONS) throw tooLarge();
      }
      return original.call(this, value, options);
    };
  };
  return { if: wrap('if'), unless: wrap('unless'), each: wrap('each') };
}

/** Adds what is known of the template: the line of a missing path, or the paths on the line of a missing value. */
function withLine(error: unknown, paths: readonly TemplatePath[]): unknown {
  if (error instanceof RenderFailed && error.variable !== undefined) {
    // List positions are not in the source; of the paths that end like the missing one, the longest is the likeliest.
    const wanted = error.variable.split('.').filter((part) => !/^\d+$/u.test(part));
    const [found] = paths
      .filter(({ parts }) => parts.length > 0 && parts.every((part, index) => part === wanted.at(index - parts.length)))
      .toSorted((left, right) => right.parts.length - left.parts.length);
    return new RenderFailed({ code: error.code, ...error.texts, variable: error.variable, line: found?.line });
  }
  if (error instanceof RenderFailed && error.code !== 'render-missing-variable') return error;
  if (!(error instanceof RenderFailed || error instanceof TypeError || error instanceof Handlebars.Exception))
    return error;
  const line =
    error instanceof RenderFailed ? error.line : ((error as { lineNumber?: number }).lineNumber ?? undefined);
  const named = [...new Set(paths.filter((path) => path.line === line).map(({ parts }) => parts.join('.')))].join(', ');
  const { texts, code } = missingVariable(named === '' ? '…' : named);
  return new RenderFailed({ code, ...texts, line, variable: named === '' ? undefined : named });
}

function tooLarge(): RenderFailed {
  return new RenderFailed({
    code: 'render-output-too-large',
    ru: {
      message: 'Документ получается больше 5 МБ или 100 000 строк.',
      remedy: 'Разбейте данные на несколько документов.',
    },
    en: {
      message: 'The document would exceed 5 MB or 100,000 rows.',
      remedy: 'Split the data into several documents.',
    },
  });
}
