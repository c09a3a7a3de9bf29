import { extended } from '../../bpmn/test/bpmn-text.ts';
import { readForm } from '../../forms/read-form.ts';
import { buildBpmn } from '../../testing/build-bpmn.ts';

/** Fields of a few kinds. */
const statusForm = readForm({
  $schema: 'form/1',
  key: 'order',
  title: { ru: 'Заказ', en: 'Order' },
  data: {
    type: 'object',
    required: [],
    properties: {
      status: { type: 'string', enum: ['new', 'open', 'done'] },
      amount: { type: 'integer', minimum: 0, maximum: 100 },
      due: { type: 'string', format: 'date' },
      comment: { type: 'string' },
      urgent: { type: 'boolean' },
      parts: { type: 'array', uniqueItems: true, items: { type: 'string', enum: ['pump', 'motor'] } },
    },
  },
  i18n: {
    ru: Object.fromEntries(
      ['status', 'amount', 'due', 'comment', 'urgent', 'parts'].flatMap((name) => [
        [`${name}.label`, name],
        ...['new', 'open', 'done', 'pump', 'motor'].map((value) => [`${name}.options.${value}`, value]),
      ]),
    ),
    en: {},
  },
});

/** Starts at the form, works, then takes a flow on a condition. `job`: a worker may write any variable. */
export const afterForm = (text: string, { job = false } = {}) => ({
  surroundings: { formOf: () => statusForm },
  xml: buildBpmn({
    id: 'P',
    elements: {
      Start: { type: 'startEvent', inner: extended('<zeebe:formDefinition formId="order"/>') },
      Work: job ? { type: 'serviceTask', inner: extended('<zeebe:taskDefinition type="work"/>') } : 'task',
      Choose: 'exclusiveGateway',
      Yes: 'endEvent',
      Other: 'endEvent',
    },
    flows: ['Start -> Work -> Choose', `Choose -> Yes [=${text}]`, 'Choose -> Other default'],
  }),
});
