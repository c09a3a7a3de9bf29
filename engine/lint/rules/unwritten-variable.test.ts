import { around, extended, JOB } from '../../bpmn/test/bpmn-text.ts';
import { readForm } from '../../forms/read-form.ts';
import { buildBpmn } from '../../testing/build-bpmn.ts';
import { verify } from '../test/rule-table.ts';
import { unwrittenVariable } from './unwritten-variable.ts';

const form = readForm({
  $schema: 'form/1',
  key: 'order',
  title: { ru: 'Заказ', en: 'Order' },
  data: { type: 'object', required: [], properties: { amount: { type: 'string' }, email: { type: 'string' } } },
  i18n: { ru: { 'amount.label': 'Сумма', 'email.label': 'Почта' }, en: {} },
});
const surroundings = { formOf: () => form };
const mapping = (source: string) =>
  `<zeebe:ioMapping><zeebe:input source="${source}" target="local"/></zeebe:ioMapping>`;

/** Starts at a form, so that every variable is known; then a task that reads. */
const closed = (source: string) => ({
  surroundings,
  xml: buildBpmn({
    id: 'P',
    elements: {
      Start: { type: 'startEvent', inner: extended('<zeebe:formDefinition formId="order"/>') },
      Tell: { type: 'task', name: 'Tell', inner: extended(mapping(source)) },
      End: 'endEvent',
    },
    flows: ['Start -> Tell -> End'],
  }),
});
const open = (source: string) => ({
  xml: around(
    `<bpmn:serviceTask id="X">${extended('<zeebe:taskDefinition type="work"/>', mapping(source))}</bpmn:serviceTask>`,
  ),
});

/** A data object and a property with names like that of the mapping's variable. */
const likeLocal = {
  xml: around(
    `<bpmn:task id="X">${extended(mapping('=[locals, locale]'))}<bpmn:property id="Pp" name="locale"/></bpmn:task>`,
    { more: '<bpmn:dataObject id="D" name="locals"/>' },
  ),
};

verify(unwrittenVariable, {
  valid: {
    'data objects and properties, which the model declares': likeLocal,
    'a field of the form': closed('=amount'),
    'the field of an element in a filter': closed('=count([{price: 1}][price &gt; 0])'),
    'a variable that the start may bring': open('=whatever'),
    'a job that reads what its start brought': { xml: around(`<bpmn:serviceTask id="X">${JOB}</bpmn:serviceTask>`) },
  },
  invalid: {
    'a name that nothing sets': { ...closed('=customer'), finds: ['Tell warning'], says: /"customer"/ },
    'a misspelt name, with the one meant': {
      ...closed('=amuont'),
      finds: ['Tell warning'],
      says: /Perhaps "amount" is meant/,
    },
    'a misspelt name where others may come from outside': {
      ...open('=locol'),
      finds: ['X warning'],
      says: /Perhaps "local"/,
    },
  },
});
