import type { ProblemList } from './invalid-form.ts';
import { isRecord } from './json-checks.ts';

interface Options {
  readonly variant: 'tabs' | 'stepper';
  readonly summary: boolean;
}

/** `options` of a Categorization: `{"variant": "tabs" | "stepper", "summary": false}`. */
export function readCategorizationOptions(
  json: unknown,
  { path, depth, problems }: { readonly path: string; readonly depth: number; readonly problems: ProblemList },
): Options {
  const options = isRecord(json) ? json : {};
  if (json !== undefined && !isRecord(json))
    problems.add(`${path}/options`, 'options must be an object', 'Write {"variant": "stepper"} or leave it out.');
  const { variant = 'tabs', summary = true, ...others } = options;
  for (const key of Object.keys(others))
    problems.add(`${path}/options/${key}`, `"${key}" is not a supported option`, 'Use variant, summary.');
  if (variant !== 'tabs' && variant !== 'stepper')
    problems.add(
      `${path}/options/variant`,
      `Variant ${JSON.stringify(variant)} is not supported`,
      'Use "tabs" or "stepper".',
    );
  if (typeof summary !== 'boolean')
    problems.add(`${path}/options/summary`, 'summary must be true or false', 'Write "summary": false or leave it out.');
  // The steps take the place of the form's own button; beside them other fields would belong to no step.
  if (variant === 'stepper' && depth > 0)
    problems.add(path, 'A stepper must be the whole layout', 'Put every field into one of its steps.');
  return { variant: variant === 'stepper' ? 'stepper' : 'tabs', summary: summary !== false };
}
