import { bpmn, receive, sequence, serviceTask } from '../../runtime/test/bpmn.ts';

const form = '<zeebe:formDefinition formId="verdict" bindingType="latest"/>';
const judge = {
  id: 'judge',
  xml: `<bpmn:userTask id="judge" name="Разобрать обращение"><bpmn:extensionElements><zeebe:userTask/>
    <zeebe:assignmentDefinition candidateGroups="warehouse"/><zeebe:taskSchedule dueDate="2026-12-01T09:00:00Z"/>
    <zeebe:priorityDefinition priority="70"/>
    <zeebe:taskHeaders><zeebe:header key="hint" value="see the photo"/></zeebe:taskHeaders>${form}</bpmn:extensionElements></bpmn:userTask>`,
};

/** start → job «weigh» → user task with a form → end. */
export const CLAIM = bpmn('claim', sequence(serviceTask('weigh', 'weigh'), judge));

export const VERDICT_FORM = JSON.stringify({
  $schema: 'form/1',
  key: 'verdict',
  title: { ru: 'Решение', en: 'Verdict' },
  data: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['confirmed', 'rejected'] },
      comment: { type: 'string', 'x-required': 'verdict = "rejected"' },
    },
  },
  i18n: {
    ru: {
      'verdict.label': 'Решение',
      'verdict.options.confirmed': 'Подтверждено',
      'verdict.options.rejected': 'Отклонено',
      'comment.label': 'Комментарий',
    },
    en: {
      'verdict.label': 'Verdict',
      'verdict.options.confirmed': 'Confirmed',
      'verdict.options.rejected': 'Rejected',
      'comment.label': 'Comment',
    },
  },
});

/** start → job «pack» → end. */
export const PACKING = bpmn('packing', sequence(serviceTask('pack', 'pack')));

/** A job whose error OUT_OF_STOCK leads to a way of its own. */
export const ORDER = bpmn(
  'order',
  `<bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
   <bpmn:serviceTask id="reserve"><bpmn:extensionElements><zeebe:taskDefinition type="reserve" retries="3"/></bpmn:extensionElements>
     <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
   <bpmn:boundaryEvent id="missing" attachedToRef="reserve"><bpmn:outgoing>c</bpmn:outgoing>
     <bpmn:errorEventDefinition errorRef="OutOfStock"/></bpmn:boundaryEvent>
   <bpmn:endEvent id="reserved"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
   <bpmn:endEvent id="refused"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
   <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="reserve"/>
   <bpmn:sequenceFlow id="b" sourceRef="reserve" targetRef="reserved"/>
   <bpmn:sequenceFlow id="c" sourceRef="missing" targetRef="refused"/>`,
  '<bpmn:error id="OutOfStock" name="Нет на складе" errorCode="OUT_OF_STOCK"/>',
);

const paid = receive('waitForPayment', 'payment', '=orderId');
/** Waits for the message «payment» with the key of its variable `orderId`. */
export const PAYMENT = bpmn('payment', sequence(paid), paid.around);

export const DECISION = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="routing" name="Маршрут" namespace="test">
  <decision id="department" name="Отдел">
    <variable id="v" name="department"/>
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="i" label="Вид"><inputExpression id="ie" typeRef="string"><text>kind</text></inputExpression></input>
      <output id="o" name="department" typeRef="string"/>
      <rule id="r1"><inputEntry id="r1i"><text>"shortage"</text></inputEntry><outputEntry id="r1o"><text>"warehouse"</text></outputEntry></rule>
      <rule id="r2"><inputEntry id="r2i"><text>-</text></inputEntry><outputEntry id="r2o"><text>"consultation"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;

export const resources = (files: Readonly<Record<string, string>>): [File, ...File[]] =>
  Object.entries(files).map(([name, content]) => new File([content], name)) as [File, ...File[]];
