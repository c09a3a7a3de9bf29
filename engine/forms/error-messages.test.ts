import assert from 'node:assert/strict';
import { errorMessage } from './error-messages.ts';
import { FORM_LANGUAGES, type FieldKind, type FormField } from './form-definition.ts';
import { ERROR_KEYWORDS } from './form-error.ts';
import { formatBytes, formatMoney, formatNumber } from './format-value.ts';
import { FIELD_KINDS, kindOf } from './kinds/field-kinds.ts';

const KINDS = FIELD_KINDS.map(({ kind }) => kind);

function fieldOf(kind: FieldKind): FormField {
  const files = { kind: 'photo', accept: [], maxBytes: 1 } as const;
  return {
    name: 'f',
    path: '/f',
    kind,
    widget: kindOf({ kind }).widgets[0],
    limits: {},
    required: true,
    readOnly: false,
    rules: {},
    asserts: [],
    ...(kind === 'files' && { files }),
  };
}

describe('errorMessage', () => {
  for (const language of FORM_LANGUAGES) {
    for (const keyword of ERROR_KEYWORDS.filter((word) => word !== 'x-assert')) {
      it(`has words for ${keyword} in ${language} on every kind of field`, () => {
        for (const kind of KINDS) {
          const params = { limit: 21, multipleOf: 0.01, type: 'string', name: 'a.jpg' };
          const message = errorMessage(
            { path: '/f', keyword, params },
            { language, label: 'ЯЯЯ', field: fieldOf(kind) },
          );
          assert.match(message, /[.?_]$/);
          assert.doesNotMatch(message, /undefined|NaN|\[object/);
          if (keyword !== 'tooDeep') assert.match(message, /ЯЯЯ/);
          if (language === 'en') assert.doesNotMatch(message.replace('ЯЯЯ', ''), /[А-Яа-яЁё]/);
          else assert.match(message.replace('ЯЯЯ', ''), /[А-Яа-яЁё]/);
        }
      });
    }
  }

  it('declines the Russian noun', () => {
    const say = (limit: number) =>
      errorMessage(
        { path: '/f', keyword: 'maxLength', params: { limit } },
        { language: 'ru', label: 'Имя', field: fieldOf('text') },
      );
    assert.deepEqual(
      [1, 21, 2, 5, 11, 200].map((limit) => say(limit).match(/символ\S*/)![0]),
      ['символа.', 'символа.', 'символов.', 'символов.', 'символов.', 'символов.'],
    );
  });

  it('formats money, numbers and sizes for the reader', () => {
    assert.equal(formatMoney(967265, 'ru'), '9\u00a0672,65\u00a0₽');
    assert.equal(formatMoney(-5, 'ru'), '−0,05\u00a0₽');
    assert.equal(formatMoney(100, 'en'), '₽1.00');
    assert.equal(formatNumber(1234567.5, 'ru'), '1\u00a0234\u00a0567,5');
    assert.equal(formatBytes(20 * 1024 * 1024, 'ru'), '20\u00a0МБ');
  });
});
