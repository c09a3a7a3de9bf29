import { extended } from '../../bpmn/test/bpmn-text.ts';
import { readForm } from '../../forms/read-form.ts';
import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { formBinding } from './form-binding.ts';

const form = readForm({
  $schema: 'form/1',
  key: 'visit',
  title: { ru: 'Выезд' },
  data: {
    type: 'object',
    properties: {
      cause: { type: 'string' },
      price: { type: 'integer' },
      total: { type: 'integer', readOnly: true, 'x-value': 'price' },
    },
  },
  i18n: { ru: { 'cause.label': 'Причина', 'price.label': 'Цена', 'total.label': 'Итого' } },
});
const step = (binding: string, surroundings = { formOf: () => form as typeof form | undefined }) => ({
  surroundings,
  xml: buildBpmn({
    id: 'P',
    elements: {
      Start: 'startEvent',
      Visit: {
        type: 'userTask',
        inner: extended(`<zeebe:formDefinition formId="visit"/><reglament:formBinding ${binding}/>`),
      },
      End: 'endEvent',
    },
    flows: ['Start -> Visit', 'Visit -> End'],
  }),
});

verify(formBinding, {
  valid: {
    'what the form has': step('readable="cause, price" required="price"'),
    'a step that lets nothing be changed': step('writable=""'),
    'a form that nobody knows': step('readable="gone"', { formOf: () => undefined }),
  },
  invalid: {
    'a field that is not there, once': {
      ...step('readable="cause, gone" writable="gone"'),
      finds: ['Visit warning'],
      says: /names the field "gone", but the form "visit" has none/,
    },
    'a computed field open to changes': { ...step('writable="total"'), finds: ['Visit warning'], says: /computes it/ },
    'a required field that cannot be changed': {
      ...step('writable="cause" required="price"'),
      finds: ['Visit warning'],
      says: /requires the field "price"/,
    },
  },
});
