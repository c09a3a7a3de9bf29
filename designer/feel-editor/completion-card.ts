import { describeType, signatureText, type FeelFunctionDescription } from '#engine';
import type { FeelCompletion } from './feel-completion.ts';
import { feelEditorTexts } from './texts.ts';

type Language = 'ru' | 'en';

/** What stands beside the completion that is chosen: signature, what it does, an example; null when its row says it all. */
export function completionCard({ fn, title, type, label }: FeelCompletion, language: Language): HTMLElement | null {
  if (fn !== undefined) return functionInfo(fn, language);
  if (type === undefined || type === 'any') return null;
  const box = document.createElement('div');
  box.append(line('code', 'cm-feel-info-code', label), line('p', 'cm-feel-info-text', title ?? ''));
  box.append(line('div', 'cm-feel-info-title', describeType(type)[language]));
  return box;
}

function functionInfo(
  { name, signatures, description, example }: FeelFunctionDescription,
  language: Language,
): HTMLElement {
  const box = document.createElement('div');
  // The mono font has no arrow.
  for (const signature of signatures)
    box.append(line('code', 'cm-feel-info-code', signatureText(name, signature).replace(' →', ':')));
  box.append(
    line('p', 'cm-feel-info-text', description[language]),
    line('div', 'cm-feel-info-title', feelEditorTexts[language].example),
    line('code', 'cm-feel-info-code', example.expression),
    line('code', 'cm-feel-info-code', `= ${JSON.stringify(example.result)}`),
  );
  return box;
}

function line(tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
