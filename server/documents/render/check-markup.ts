import {
  attributeRules,
  classNames,
  commonAttributes,
  elementRules,
  isElementName,
  styleRules,
  type Content,
  type ElementName,
} from './markup-rules.ts';
import { readStyle, type MarkupToken } from './read-tags.ts';
import type { TemplateProblem, TemplateProblemCode } from './template-errors.ts';

type Report = (problem: TemplateProblem) => void;

/** Builds a problem; both languages share one remedy scheme. */
export function problem(
  code: TemplateProblemCode,
  line: number,
  ru: readonly [message: string, remedy: string],
  en: readonly [message: string, remedy: string],
): TemplateProblem {
  return { code, line, ru: { message: ru[0], remedy: ru[1] }, en: { message: en[0], remedy: en[1] } };
}

/**
 * Follows the open elements of a template and reports what breaks the subset. `fork` gives a copy for the inside of a
 * Handlebars block: what is opened inside must be closed inside, so every rendering is well-formed.
 */
export class MarkupChecker {
  readonly #open: ElementName[];
  readonly #report: Report;

  constructor(report: Report, open: readonly ElementName[] = []) {
    this.#report = report;
    this.#open = [...open];
  }

  fork(): MarkupChecker {
    return new MarkupChecker(this.#report, this.#open);
  }

  /** @param since depth that must be reached again at the end of a block */
  expectClosed(since: number, line: number): void {
    if (this.#open.length > since) {
      const name = this.#open.at(-1)!;
      this.#report(
        problem(
          'template-bad-nesting',
          line,
          [`Элемент <${name}> не закрыт.`, `Добавьте </${name}> внутри того же блока {{#…}} … {{/…}}.`],
          [`The element <${name}> is not closed.`, `Add </${name}> inside the same {{#…}} … {{/…}} block.`],
        ),
      );
    }
  }

  get depth(): number {
    return this.#open.length;
  }

  take(token: MarkupToken, line: number): void {
    if (token.kind === 'fault') this.#fault(token.found, line);
    else if (token.kind === 'close') this.#close(token.name, line);
    else if (token.kind === 'open') this.#openElement(token, line);
    else if (token.text.trim() !== '') this.takeText(token.text.trim(), line);
  }

  /** Text or the output of an expression. */
  takeText(shown: string, line: number): void {
    const content = this.#content();
    if (content !== 'blocks' && content !== 'inline') {
      const parent = this.#open.at(-1)!;
      this.#report(
        problem(
          'template-bad-nesting',
          line,
          [
            `Текст «${shown.slice(0, 30)}» стоит прямо внутри <${parent}>.`,
            'Поместите его в ячейку <td> или пункт <li>.',
          ],
          [
            `The text "${shown.slice(0, 30)}" stands directly inside <${parent}>.`,
            'Put it into a <td> cell or an <li> item.',
          ],
        ),
      );
    }
  }

  #content(): Content {
    const parent = this.#open.at(-1);
    return parent === undefined ? 'blocks' : elementRules[parent].content;
  }

  #fault(found: string, line: number): void {
    const shown = found.split('\n')[0]!;
    this.#report(
      problem(
        'template-syntax',
        line,
        [
          `Не удалось прочитать разметку: «${shown}».`,
          'Пишите теги целиком, значения атрибутов в кавычках, знак < как &lt;, & как &amp;. Выражения {{…}} внутри тега не допускаются.',
        ],
        [
          `The markup cannot be read: "${shown}".`,
          'Write whole tags, attribute values in quotes, < as &lt; and & as &amp;. Expressions {{…}} inside a tag are not allowed.',
        ],
      ),
    );
  }

  #close(name: string, line: number): void {
    const current = this.#open.at(-1);
    if (current === name) {
      this.#open.pop();
      return;
    }
    const expected = current === undefined ? '' : `</${current}>`;
    this.#report(
      problem(
        'template-bad-nesting',
        line,
        [
          `</${name}> ничего не закрывает${expected === '' ? '' : `: здесь ожидался ${expected}`}.`,
          'Закрывайте элементы в обратном порядке, каждый внутри своего блока {{#…}}.',
        ],
        [
          `</${name}> closes nothing${expected === '' ? '' : `; ${expected} was expected here`}.`,
          'Close elements in reverse order, each inside its own {{#…}} block.',
        ],
      ),
    );
  }

  #openElement(token: Extract<MarkupToken, { kind: 'open' }>, line: number): void {
    const { name } = token;
    if (!isElementName(name)) {
      this.#report(
        problem(
          'template-unknown-element',
          line,
          [`Элемент <${name}> не поддерживается.`, `Используйте только: ${Object.keys(elementRules).join(', ')}.`],
          [`The element <${name}> is not supported.`, `Use only: ${Object.keys(elementRules).join(', ')}.`],
        ),
      );
      return;
    }
    this.#checkPlace(name, line);
    this.#checkAttributes(name, token.attributes, line);
    if (elementRules[name].content !== 'void') this.#open.push(name);
  }

  #checkPlace(name: ElementName, line: number): void {
    const { place } = elementRules[name];
    const parent = this.#open.at(-1);
    const content = this.#content();
    const fits =
      typeof place === 'string'
        ? content === 'blocks' || (content === 'inline' && place === 'inline')
        : parent !== undefined && (place as readonly string[]).includes(parent);
    if (fits) return;
    const where = parent === undefined ? 'вне таблицы или списка' : `внутри <${parent}>`;
    const whereEn = parent === undefined ? 'outside a table or list' : `inside <${parent}>`;
    this.#report(
      problem(
        'template-bad-nesting',
        line,
        [`Элемент <${name}> не может стоять ${where}.`, 'Закройте предыдущий элемент или перенесите этот.'],
        [`The element <${name}> may not stand ${whereEn}.`, 'Close the previous element or move this one.'],
      ),
    );
  }

  #checkAttributes(name: ElementName, attributes: ReadonlyMap<string, string>, line: number): void {
    const own = name === 'th' || name === 'td' ? elementRules[name].attributes : [];
    const known: readonly string[] = [...commonAttributes, ...own];
    for (const [attribute, value] of attributes) {
      if (!known.includes(attribute) || attributeRules[attribute]?.test(value) === false) {
        this.#report(
          problem(
            'template-unknown-attribute',
            line,
            [`Атрибут ${attribute}="${value}" у <${name}> не поддерживается.`, `Допустимы: ${known.join(', ')}.`],
            [`The attribute ${attribute}="${value}" of <${name}> is not supported.`, `Allowed: ${known.join(', ')}.`],
          ),
        );
      }
    }
    for (const className of (attributes.get('class') ?? '').split(/\s+/u).filter(Boolean)) {
      if (!classNames.includes(className)) this.#unknownStyle(`class="${className}"`, classNames.join(', '), line);
    }
    for (const [property, value] of readStyle(attributes.get('style') ?? '')) {
      if (!Object.hasOwn(styleRules, property)) {
        this.#unknownStyle(`${property}: ${value}`, Object.keys(styleRules).join(', '), line);
      } else if (!styleRules[property]!.test(value)) {
        this.#unknownStyle(`${property}: ${value}`, String(styleRules[property]).replace(/^\/\^|\$\/u$/gu, ''), line);
      }
    }
  }

  #unknownStyle(found: string, allowed: string, line: number): void {
    this.#report(
      problem(
        'template-unknown-style',
        line,
        [`Оформление «${found}» не поддерживается.`, `Допустимо: ${allowed}.`],
        [`The style "${found}" is not supported.`, `Allowed: ${allowed}.`],
      ),
    );
  }
}
