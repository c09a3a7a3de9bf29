import { feelFunctions, membersOf, writeMember, writeName, writeText, type StaticType } from '#engine';
import type { FeelCompletion, FeelCompletions } from './feel-completion.ts';
import { typesOf, type FeelVariable } from './feel-variable.ts';
import { keywordCompletions } from './keyword-completions.ts';
import { namesInScope } from './names-in-scope.ts';
import { tokenize, type FeelToken, type FeelTokenKind } from './tokenize.ts';
import { typeBefore, type Types } from './type-before.ts';

export interface CompletionRequest {
  readonly text: string;
  readonly at: number;
  readonly variables: readonly FeelVariable[];
  readonly language: 'ru' | 'en';
  /** The person asked for it; else only what follows from typing is offered. */
  readonly asked: boolean;
}

const WORDS: readonly FeelTokenKind[] = ['name', 'member', 'keyword', 'constant', 'function'];

/** What may be written at a place of an expression, and what it replaces; null where nothing is to be offered. */
export function completeFeel(request: CompletionRequest): FeelCompletions | null {
  const { text, at, asked } = request;
  const tokens = tokenize(text.slice(0, at));
  const types = typesOf(request.variables);
  const last = tokens.at(-1);
  if (last !== undefined && last.to === at && ['comment', 'number', 'temporal'].includes(last.kind)) return null;
  const scoped = namesInScope(text, tokens, types);
  const known: Types = new Map([...types, ...scoped.map(({ name, type }) => [name, type] as const)]);
  const values = completeValue(text, { tokens, at, types: known });
  if (values !== null) return values;
  if (last?.kind === 'text' && last.to === at) return null;

  const run = wordsBefore(text, tokens);
  const before = tokens[tokens.length - run.length - 1];
  if (before !== undefined && isDot(text, before)) {
    return completeMember(text, { tokens, end: tokens.length - run.length - 1, at, types: known });
  }
  const options = namesAt(request, scoped);
  const several = severalWords(text, { run, at, options });
  if (several !== null) return several;
  const word = run.at(-1);
  if (word !== undefined && word.to === at) return { from: word.from, to: at, options };
  return asked ? { from: at, to: at, options } : null;
}

/** The words that end at the place, as far as they may be one name. */
function wordsBefore(text: string, tokens: readonly FeelToken[]): readonly FeelToken[] {
  let first = tokens.length;
  while (first > 0 && WORDS.includes(tokens[first - 1]!.kind) && text[tokens[first - 1]!.from] !== '`') first -= 1;
  return tokens.slice(first);
}

/** `working ti`: the longest piece with which the name of an option begins. */
function severalWords(
  text: string,
  {
    run,
    at,
    options,
  }: { readonly run: readonly FeelToken[]; readonly at: number; readonly options: readonly FeelCompletion[] },
): FeelCompletions | null {
  for (const { from } of run) {
    const begun = text.slice(from, at).replace(/\s+/g, ' ').toLowerCase();
    if (!begun.includes(' ')) return null;
    const found = options.filter(({ label }) => label.toLowerCase().startsWith(begun));
    if (found.length > 0) return { from, to: at, options: found };
  }
  return null;
}

function namesAt(
  { text, at, variables, language }: CompletionRequest,
  scoped: readonly { readonly name: string; readonly type: StaticType }[],
): readonly FeelCompletion[] {
  const called = /^\s*\(/.test(text.slice(at));
  const hidden = new Set(scoped.map(({ name }) => name));
  return [
    ...scoped.map(({ name, type }) => variableCompletion({ name, type })),
    ...variables.filter(({ name }) => !hidden.has(name)).map(variableCompletion),
    ...feelFunctions.map((fn): FeelCompletion => {
      const { name } = fn;
      return { kind: 'function', label: name, insert: called ? name : callOf(fn), isSnippet: !called, fn };
    }),
    ...keywordCompletions(language),
  ];
}

function variableCompletion({ name, label, type }: FeelVariable): FeelCompletion {
  const title = label === undefined || label === name ? {} : { title: label };
  return { kind: 'variable', label: name, insert: writeName(name), isSnippet: false, type, ...title };
}

/** A call with the parameters that must be given, each to be filled in. */
export function callOf({ name, signatures }: (typeof feelFunctions)[number]): string {
  const needed = (signatures[0]?.parameters ?? []).filter(({ optional }) => !optional);
  return `${name}(${needed.map((one) => `\${${one.name}}`).join(', ')})`;
}

function completeMember(
  text: string,
  {
    tokens,
    end,
    at,
    types,
  }: { readonly tokens: readonly FeelToken[]; readonly end: number; readonly at: number; readonly types: Types },
): FeelCompletions | null {
  const type = typeBefore(text, { tokens, end, types });
  if (type === null) return null;
  const options = membersOf(type).map((member): FeelCompletion => {
    return {
      kind: 'property',
      label: member.name,
      insert: writeMember(member.name),
      isSnippet: false,
      type: member.type,
    };
  });
  const dot = tokens[end]!;
  const blanks = /^\s*/.exec(text.slice(dot.to, at))![0].length;
  return options.length === 0 ? null : { from: dot.to + blanks, to: at, options };
}

/** After `status =`: the texts that the variable can be, as a whole in its quotes. */
function completeValue(
  text: string,
  { tokens, at, types }: { readonly tokens: readonly FeelToken[]; readonly at: number; readonly types: Types },
): FeelCompletions | null {
  const last = tokens.at(-1);
  const begun = last?.kind === 'text' && last.to === at ? last : null;
  const operator = tokens.at(begun === null ? -1 : -2);
  if (operator?.kind !== 'operator' || !['=', '!='].includes(text.slice(operator.from, operator.to))) return null;
  const type = typeBefore(text, { tokens, end: tokens.indexOf(operator), types });
  const one = type === null || type === 'any' ? undefined : type.find(({ kind }) => kind === 'string');
  if (one?.kind !== 'string' || one.literals === null) return null;
  const from = begun?.from ?? at;
  const to = begun !== null && text[at] === '"' ? at + 1 : at;
  const options = one.literals.map((literal): FeelCompletion => {
    return { kind: 'value', label: writeText(literal), insert: writeText(literal), isSnippet: false };
  });
  return { from, to, options };
}

function isDot(text: string, token: FeelToken): boolean {
  return token.kind === 'operator' && text.slice(token.from, token.to) === '.';
}
