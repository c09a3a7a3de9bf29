import assert from 'node:assert/strict';
import { describeType } from '../expressions/analysis/describe-type.ts';
import { readBpmn } from '../bpmn/read-bpmn.ts';
import { readForm } from '../forms/read-form.ts';
import { knownVariables } from './known-variables.ts';

const MODEL = `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <process id="p" isExecutable="true">
    <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="Ask"/>
    <userTask id="Ask"><extensionElements><zeebe:formDefinition formId="ask"/></extensionElements></userTask>
    <sequenceFlow id="f2" sourceRef="Ask" targetRef="Count"/>
    <scriptTask id="Count" name="Посчитать"><extensionElements>
      <zeebe:script expression="=price * rate" resultVariable="total"/></extensionElements></scriptTask>
    <sequenceFlow id="f3" sourceRef="Count" targetRef="Send"/>
    <serviceTask id="Send"><extensionElements><zeebe:taskDefinition type="mail"/><zeebe:ioMapping>
      <zeebe:input source="=email" target="to"/><zeebe:output source="=answer.id" target="mailId"/>
    </zeebe:ioMapping></extensionElements></serviceTask>
    <sequenceFlow id="f4" sourceRef="Send" targetRef="Show"/>
    <userTask id="Show" name="Показать"><extensionElements><zeebe:formDefinition formId="show"/>
      <zeebe:ioMapping><zeebe:input source="=&quot;x&quot;" target="hint"/></zeebe:ioMapping></extensionElements></userTask>
    <sequenceFlow id="f5" sourceRef="Show" targetRef="Other"/>
    <userTask id="Other"><extensionElements><zeebe:ioMapping>
      <zeebe:input source="=1" target="secret"/><zeebe:output source="=secret" target="kept"/></zeebe:ioMapping></extensionElements></userTask>
    <sequenceFlow id="f6" sourceRef="Other" targetRef="e"/><endEvent id="e"/>
  </process>
</definitions>`;
const form = (key: string, properties: Readonly<Record<string, object>>) =>
  readForm({
    $schema: 'form/1',
    key,
    title: { ru: key },
    data: { type: 'object', properties },
    i18n: { ru: Object.fromEntries(Object.keys(properties).map((name) => [`${name}.label`, name])) },
  });
const FORMS = new Map([
  ['ask', form('ask', { price: { type: 'integer' }, urgent: { type: 'boolean' } })],
  ['show', form('show', { price: { type: 'integer' }, remark: { type: 'string' } })],
]);

describe('knownVariables', () => {
  it('tells what a form of the process may show: from other forms, steps and from outside, and nothing that is local elsewhere', async () => {
    const [process] = (await readBpmn(MODEL)).processes;
    const known = knownVariables(process!, 'show', { formOf: (id) => FORMS.get(id) });
    const told = known.map(({ name, type, formIds, writers }) => [
      name,
      describeType(type).en,
      [...formIds, ...writers.map((one) => one.name)].join(),
    ]);
    assert.deepEqual(told.sort(), [
      ['email', 'anything', ''],
      ['hint', 'string "x"', 'Показать'],
      ['kept', 'number 1', 'Other'],
      ['mailId', 'anything', 'Send'],
      ['price', 'number', 'ask'],
      ['rate', 'anything', ''],
      ['total', 'number | string', 'Посчитать'],
      ['urgent', 'boolean', 'ask'],
    ]);
  });
});
