import { describeType } from '../../expressions/analysis/describe-type.ts';
import type { TypeFinding } from '../../expressions/analysis/finding.ts';
import { inferType } from '../../expressions/analysis/infer-type.ts';
import { alternativesOf, withoutNull, type StaticType } from '../../expressions/analysis/static-type.ts';
import { storedType } from '../../expressions/analysis/stored-type.ts';
import { builtins } from '../../expressions/builtins/builtins.ts';
import { treeOf } from '../../expressions/compile.ts';
import { compileFeel, unknownNamesOf, type Expression } from '../../expressions/expression.ts';
import { ExpressionSyntaxError } from '../../expressions/expression-syntax-error.ts';
import { writeMember, writeName, writeText } from '../../expressions/syntax/write-feel.ts';
import type { LintSeverity, LintTexts } from '../lint-finding.ts';
import { findingWords } from './finding-texts.ts';
import { syntaxWords } from './syntax-words.ts';
import { plainFindings } from './typed-expressions.ts';
import { walkTree } from './walk-tree.ts';

/** One thing to mend in an expression while it is written. Offsets into its text, without a leading `=`. */
export interface ExpressionProblem {
  /** `syntax`, `unknown-function`, `unknown-name`, `wrong-result` or a `FindingCode`. */
  readonly code: string;
  readonly severity: LintSeverity;
  readonly from: number;
  readonly to: number;
  readonly message: LintTexts;
  readonly remedy: LintTexts;
  /** What was probably meant, ready to stand at its place. */
  readonly fix: { readonly from: number; readonly to: number; readonly text: string } | null;
}

export interface ExpressionSurroundings {
  readonly variables: ReadonlyMap<string, StaticType>;
  /** Nobody else brings variables: every other name is a mistake. Else only a name that is nearly a known one is. */
  readonly complete: boolean;
  /** What the place takes; anything when absent. */
  readonly expected?: StaticType;
}

export interface ExpressionCheck {
  /** Null for what cannot be read. */
  readonly type: StaticType | null;
  readonly problems: readonly ExpressionProblem[];
}

/** Everything that can be said of a FEEL text before it runs; for whoever writes it. */
export function checkExpression(text: string, surroundings: ExpressionSurroundings): ExpressionCheck {
  let expression: Expression;
  try {
    expression = compileFeel(text);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { type: null, problems: [syntaxProblemOf(text, error)] };
  }
  const { variables, expected } = surroundings;
  const { type } = inferType(expression, variables);
  const problems = [
    ...unknownNames(expression, surroundings),
    ...plainFindings(expression, variables).map((finding) => typeProblem(expression, finding)),
    ...(expected === undefined || mayFit(type, expected) ? [] : [wrongResult(text, type, expected)]),
  ];
  return { type, problems: problems.sort((a, b) => a.from - b.from) };
}

function syntaxProblemOf(text: string, error: ExpressionSyntaxError): ExpressionProblem {
  const { at, unknownFunction } = error;
  const from = Math.min(at, text.length);
  const word = unknownFunction?.name ?? /^[\p{L}\p{N}_]+/u.exec(text.slice(from))?.[0] ?? text.slice(from, from + 1);
  const to = Math.min(text.length, from + word.length);
  const suggestion = unknownFunction?.suggestion ?? null;
  return {
    code: unknownFunction === null ? 'syntax' : 'unknown-function',
    severity: 'error',
    from,
    to,
    ...syntaxWords(error),
    // Written with other blanks than single ones, the name ends elsewhere: then nothing is offered.
    fix: suggestion !== null && text.slice(from, to) === word ? { from, to, text: suggestion } : null,
  };
}

function unknownNames(
  expression: Expression,
  { variables, complete }: ExpressionSurroundings,
): readonly ExpressionProblem[] {
  const unknown = unknownNamesOf(expression, [...variables.keys()]).filter(({ name }) => !builtins.has(name));
  const tree = unknown.length === 0 ? null : treeOf(expression);
  if (tree === null) return [];
  // A name in a filter may be one of the element's own.
  const outside = new Set(
    [...walkTree(tree, { filters: false })].flatMap((node) => (node.kind === 'name' ? [node.name] : [])),
  );
  return unknown
    .filter(({ name, suggestion }) => outside.has(name) && (complete || suggestion !== null))
    .map(({ name, suggestion, from, to }) => ({
      code: 'unknown-name',
      severity: 'warning' as const,
      from,
      to,
      message: { ru: `Переменной «${name}» здесь нет.`, en: `There is no variable "${name}" here.` },
      remedy:
        suggestion === null
          ? { ru: 'Исправьте имя или выберите его из списка.', en: 'Correct the name or choose one of the list.' }
          : { ru: `Возможно, имелась в виду «${suggestion}».`, en: `Perhaps "${suggestion}" is meant.` },
      fix: suggestion === null ? null : { from, to, text: writeName(suggestion) },
    }));
}

function typeProblem(expression: Expression, finding: TypeFinding): ExpressionProblem {
  const { code, from, to } = finding;
  const { message, remedy } = findingWords(finding);
  return {
    code,
    severity: 'warning',
    from,
    to,
    message: { ru: aboutPlace(message.ru, 'Это условие'), en: aboutPlace(message.en, 'This') },
    remedy,
    fix: fixOf(expression, finding),
  };
}

/** The findings of lint quote the place first; an editor shows it, so the sentence gets its own subject. */
function aboutPlace(words: string, subject: string): string {
  return /^(никогда|не бывает|is )/.test(words)
    ? `${subject} ${words}`
    : words.charAt(0).toUpperCase() + words.slice(1);
}

function fixOf(expression: Expression, finding: TypeFinding): ExpressionProblem['fix'] {
  const { code, from, to, suggestion, subject } = finding;
  if (suggestion === null) return null;
  if (code === 'unknown-property' && subject !== null) {
    const at = expression.text.slice(from, to).lastIndexOf(subject);
    if (at < 0) return null;
    return { from: from + at, to: from + at + subject.length, text: writeMember(suggestion) };
  }
  if (code !== 'never-true' && code !== 'never-false') return null;
  const texts = [...walkTree(treeOf(expression)!, { filters: true })].filter(
    (node) => node.kind === 'literal' && typeof node.value === 'string' && node.from >= from && node.to <= to,
  );
  const [only] = texts;
  return only === undefined || texts.length > 1 ? null : { from: only.from, to: only.to, text: writeText(suggestion) };
}

/** Temporal values become ISO text when they leave an expression, so a place for text takes them. */
function mayFit(type: StaticType, expected: StaticType): boolean {
  if (type === 'any' || expected === 'any') return true;
  const kinds = new Set(alternativesOf(withoutNull(expected)).map(({ kind }) => kind));
  const given = [type, storedType(type)].flatMap((one) => alternativesOf(withoutNull(one)));
  return given.length === 0 || given.some(({ kind }) => kinds.has(kind));
}

function wrongResult(text: string, type: StaticType, expected: StaticType): ExpressionProblem {
  const [given, needed] = [describeType(type), describeType(expected)];
  return {
    code: 'wrong-result',
    severity: 'warning',
    from: 0,
    to: text.length,
    message: {
      ru: `Здесь нужно: ${needed.ru}, а получается: ${given.ru}.`,
      en: `Expected ${needed.en}, but the result is ${given.en}.`,
    },
    remedy: { ru: 'Измените выражение.', en: 'Change the expression.' },
    fix: null,
  };
}
