import type { LintFile } from '../lint-files.ts';
import { verifyFiles } from '../test/file-table.ts';

/** A form with a rule on its field `note`. */
function form(rule: Readonly<Record<string, unknown>>): LintFile {
  const options = { new: 'Новый', open: 'Открыт', done: 'Готов' };
  return {
    name: 'order.form.json',
    content: JSON.stringify({
      $schema: 'form/1',
      key: 'order',
      title: { ru: 'Заказ', en: 'Order' },
      data: {
        type: 'object',
        required: [],
        properties: {
          status: { type: 'string', enum: Object.keys(options) },
          amount: { type: 'integer' },
          due: { type: 'string', format: 'date' },
          note: { type: 'string', ...rule },
        },
      },
      i18n: {
        ru: {
          'status.label': 'Состояние',
          'amount.label': 'Сумма',
          'due.label': 'Срок',
          'note.label': 'Заметка',
          'assert.note': 'Заполните',
          ...Object.fromEntries(Object.entries(options).map(([key, text]) => [`status.options.${key}`, text])),
        },
        en: {},
      },
    }),
  };
}

verifyFiles('impossible-condition', {
  valid: {
    'an allowed value': form({ 'x-visible': 'status = "open"' }),
    'a date read from its text': form({ 'x-required': 'date(due) <= today()' }),
    'a variable behind the form': form({ 'x-visible': 'customer.kind = "firm"' }),
    'a number while it is filled': form({ 'x-assert': [{ test: 'amount > 5', message: 'assert.note' }] }),
  },
  invalid: {
    'a misspelt value': {
      file: form({ 'x-visible': 'status = "opne"' }),
      finds: ['/note never-true'],
      says: /Form "Order", Заметка, x-visible: "status = "opne"" is never true.*Perhaps "open" is meant/,
    },
    'a date compared as it is': { file: form({ 'x-required': 'due <= today()' }), finds: ['/note different-types'] },
    'an assertion that cannot fail': {
      file: form({ 'x-assert': [{ test: 'amount < 5 or amount >= 5', message: 'assert.note' }] }),
      finds: ['/note never-false'],
    },
  },
});

verifyFiles('no-result', {
  valid: { 'texts put together': form({ 'x-value': 'status + ", " + string(amount)' }) },
  invalid: {
    'a number added to a text': { file: form({ 'x-value': 'status + amount' }), finds: ['/note only-null'] },
  },
});

verifyFiles('wrong-type', {
  valid: {
    'a condition': form({ 'x-visible': 'amount > 5' }),
    'a date in a text': form({ 'x-value': 'today()' }),
  },
  invalid: {
    'a number as a condition': {
      file: form({ 'x-visible': 'amount' }),
      finds: ['/note wrong-type'],
      says: /must be true or false, but it is number/,
    },
    'a number in a text': { file: form({ 'x-value': 'amount * 2' }), finds: ['/note wrong-type'] },
  },
});
