export type Explanation = { readonly message: string; readonly remedy: string };

export type TemplateProblemCode =
  | 'template-syntax'
  | 'template-too-large'
  | 'template-unknown-helper'
  | 'template-unsafe'
  | 'template-too-deep'
  | 'template-unknown-element'
  | 'template-unknown-attribute'
  | 'template-unknown-style'
  | 'template-bad-nesting';

/** One fault of a template, with its 1-based line in the template source. */
export type TemplateProblem = {
  readonly code: TemplateProblemCode;
  readonly line: number;
  readonly ru: Explanation;
  readonly en: Explanation;
};

/** The template itself is at fault: fix and publish it again. Lists every problem found. */
export class TemplateRefused extends Error {
  override readonly name = 'TemplateRefused';
  readonly code = 'template-refused';
  readonly problems: readonly TemplateProblem[];
  readonly remedy: string;

  constructor(problems: readonly TemplateProblem[]) {
    super(problems.map((problem) => `Строка ${problem.line}: ${problem.ru.message}`).join('\n'));
    this.problems = problems;
    this.remedy = problems[0]?.ru.remedy ?? '';
  }
}

export type RenderFailureCode =
  | 'render-missing-variable'
  | 'render-bad-value'
  | 'render-output-too-large'
  | 'render-time-limit'
  | 'render-memory-limit'
  | 'render-closed'
  | 'render-crashed';

/** Rendering this template with these data failed. `line` is a line of the template source, where it is known. */
export class RenderFailed extends Error {
  override readonly name = 'RenderFailed';
  readonly code: RenderFailureCode;
  readonly remedy: string;
  readonly texts: { readonly ru: Explanation; readonly en: Explanation };
  readonly line: number | undefined;
  /** The path that had no value or a wrong one, as written from the root: `lines.2.sum`. */
  readonly variable: string | undefined;

  constructor(failure: {
    readonly code: RenderFailureCode;
    readonly ru: Explanation;
    readonly en: Explanation;
    readonly line?: number | undefined;
    readonly variable?: string | undefined;
  }) {
    super(failure.ru.message);
    this.code = failure.code;
    this.texts = { ru: failure.ru, en: failure.en };
    this.remedy = failure.ru.remedy;
    this.line = failure.line;
    this.variable = failure.variable;
  }
}

/** The value a helper got is not what it needs. */
export function badValue(
  helper: string,
  expected: { readonly ru: string; readonly en: string },
  got: unknown,
): RenderFailed {
  const shown = String(got).slice(0, 60);
  return new RenderFailed({
    code: 'render-bad-value',
    ru: {
      message: `Функция «${helper}» ждёт ${expected.ru}, а получила «${shown}».`,
      remedy: 'Исправьте данные документа или выражение в шаблоне.',
    },
    en: {
      message: `The helper "${helper}" expects ${expected.en} but got "${shown}".`,
      remedy: 'Correct the data of the document or the expression in the template.',
    },
  });
}
