import { RenderFailed } from './template-errors.ts';

const missingPath = Symbol('missing path');

/** The path of a value that the data do not have, or undefined for any real value, null included. */
export function missingPathOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null
    ? (value as { readonly [missingPath]?: string })[missingPath]
    : undefined;
}

export function missingVariable(path: string): RenderFailed {
  return new RenderFailed({
    code: 'render-missing-variable',
    variable: path,
    ru: {
      message: `Для документа нет значения «${path}».`,
      remedy: `Заполните «${path}» в данных или напишите в шаблоне {{optional ${path.split('.').at(-1)}}}, если оно необязательно.`,
    },
    en: {
      message: `The document has no value for "${path}".`,
      remedy: `Provide "${path}" in the data, or write {{optional ${path.split('.').at(-1)}}} in the template if it may be absent.`,
    },
  });
}

/** A value is absent in a way that leaves no name; `compileTemplate` adds the paths written on that line. */
export function missingAtLine(line: number | undefined): RenderFailed {
  return new RenderFailed({ code: 'render-missing-variable', ...missingVariable('…').texts, line });
}

/**
 * Data whose absent members are known by name. Handlebars' own `strict` mode names only the last part of a path and does
 * not cover helper arguments, so a typo in `{{money totl}}` would print an empty sum. Here reading an absent member
 * gives a marker, printing a marker throws, and helpers ask `missingPathOf`. `null` is a value: "known to be empty".
 */
export function strictValues(value: unknown, path = ''): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return new Proxy(value, {
    get: (target, key) => {
      // Handlebars compares contexts with `!=`, which converts a record beside a number; printing goes through toHTML.
      if (key === Symbol.toPrimitive) return () => `record ${path}`;
      if (typeof key === 'symbol') return key === missingPath ? undefined : (Reflect.get(target, key) as unknown);
      if (Object.hasOwn(target, key)) {
        const member: unknown = (target as Record<string, unknown>)[key];
        const memberPath = path === '' ? key : `${path}.${key}`;
        return member === undefined ? missing(memberPath) : strictValues(member, memberPath);
      }
      if (key === 'toHTML' || key === 'toString' || key === 'valueOf') {
        return () => {
          throw notPrintable(path === '' ? 'this' : path);
        };
      }
      return missing(path === '' ? key : `${path}.${key}`);
    },
    has: () => true,
    getOwnPropertyDescriptor: (target, key) =>
      // Handlebars trusts own properties only; markers must pass for own to reach the output and throw there.
      Reflect.getOwnPropertyDescriptor(target, key) ?? { value: undefined, configurable: true, enumerable: false },
  });
}

function missing(path: string): unknown {
  return new Proxy(
    {},
    {
      get: (_target, key) => {
        if (key === missingPath) return path;
        if (typeof key === 'symbol' || key === 'toHTML' || key === 'toString' || key === 'valueOf') {
          throw missingVariable(path);
        }
        return missing(`${path}.${key}`);
      },
      has: () => true,
      getOwnPropertyDescriptor: () => ({ value: undefined, configurable: true, enumerable: false }),
    },
  );
}

function notPrintable(path: string): RenderFailed {
  return new RenderFailed({
    code: 'render-bad-value',
    variable: path,
    ru: {
      message: `Значение «${path}» составное, его нельзя напечатать целиком.`,
      remedy: 'Укажите поле, например {{client.name}}, или обойдите список через {{#each}}.',
    },
    en: {
      message: `The value "${path}" is a list or a record and cannot be printed whole.`,
      remedy: 'Name a field, such as {{client.name}}, or go through the list with {{#each}}.',
    },
  });
}
