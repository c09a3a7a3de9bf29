import assert from 'node:assert/strict';
import { Simulation } from '../index.ts';
import { readBpmn } from './read-bpmn.ts';
import { around, condition, file, flow, problemsOf, process, split } from './test/bpmn-text.ts';

const messagesOf = async (xml: string) => (await problemsOf(xml)).map(({ message }) => message).join('\n');

/** What modelers of others write and what says nothing to an engine, or says in another way what we write ourselves. */
describe('readBpmn: files of other modelers', () => {
  it('reads references that are qualified by the namespace of the file itself', async () => {
    const xml = file(
      `<bpmn:message id="M" name="paid"/>
      <bpmn:process id="P" isExecutable="true"><bpmn:laneSet><bpmn:lane id="L"><bpmn:flowNodeRef>own:Call</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
        <bpmn:startEvent id="Start"><bpmn:messageEventDefinition messageRef="own:M"/></bpmn:startEvent>
        <bpmn:callActivity id="Call" calledElement="own:Q"/>${flow('F', 'Start', 'Call')}
      </bpmn:process>
      <bpmn:process id="Q" isExecutable="true"><bpmn:userTask id="Ask"/></bpmn:process>`,
      'xmlns:own="test"',
    );
    const simulation = new Simulation();
    await simulation.deploy(xml);
    assert.equal(simulation.publishMessage('paid').outcome, 'started');
    assert.deepEqual(
      simulation.userTasks().map(({ elementId }) => elementId),
      ['Ask'],
    );
  });

  it('still refuses one of another namespace', async () => {
    const start = '<bpmn:startEvent id="S"><bpmn:messageEventDefinition messageRef="far:M"/></bpmn:startEvent>';
    const xml = process(start, { roots: '<bpmn:message id="M" name="paid"/>' });
    assert.match(await messagesOf(xml), /unresolved reference <far:M>/);
    assert.match(
      await messagesOf(xml.replace('<bpmn:definitions', '<bpmn:definitions xmlns:far="urn:far"')),
      /<far:M>/,
    );
  });

  it('passes over a diagram, a lane and a type that lead nowhere', async () => {
    const di = 'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"';
    const stale =
      '<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="Pl"><bpmndi:BPMNShape id="Sh" bpmnElement="Gone"/></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>';
    const lane = '<bpmn:laneSet><bpmn:lane id="L"><bpmn:flowNodeRef>Gone</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>';
    const typed = split(condition('=a', 'evaluatesToTypeRef="xsd:boolean"'), condition('=b'));
    assert.equal(
      await messagesOf(
        process(`${lane}<bpmn:task id="A"/>`)
          .replace(/(<\/bpmn:def)/, `${stale}$1`)
          .replace('<bpmn:definitions', `<bpmn:definitions ${di}`),
      ),
      '',
    );
    assert.equal(await messagesOf(typed), '');
  });

  it('passes over extensions of other tools, unless they must be understood', async () => {
    const extension = (must: string) =>
      file(
        `<bpmn:extension definition="sig:x" mustUnderstand="${must}"/><bpmn:process id="P" isExecutable="true"><bpmn:extensionElements><sig:meta key="a"/></bpmn:extensionElements><bpmn:task id="A" sig:colour="red"/></bpmn:process>`,
        'xmlns:sig="http://www.signavio.com"',
      );
    assert.equal(await messagesOf(extension('false')), '');
    assert.match(await messagesOf(extension('true')), /Extension mustUnderstand/);
  });

  it('passes over data stores that are only drawn, and over imports of types', async () => {
    const drawn =
      '<bpmn:task id="X"><bpmn:property id="Pr" name="__targetRef_placeholder"/><bpmn:dataInputAssociation id="I"><bpmn:sourceRef>DS</bpmn:sourceRef><bpmn:targetRef>Pr</bpmn:targetRef></bpmn:dataInputAssociation><bpmn:dataOutputAssociation id="O"><bpmn:targetRef>DS</bpmn:targetRef></bpmn:dataOutputAssociation></bpmn:task>';
    const store = '<bpmn:dataStoreReference id="DS" name="Orders" dataStoreRef="Base"/>';
    const roots =
      '<bpmn:import importType="http://www.w3.org/2001/XMLSchema" location="types.xsd" namespace="urn:types"/><bpmn:dataStore id="Base" name="Base" isUnlimited="false"/>';
    assert.equal(await messagesOf(around(drawn, { roots, more: store })), '');
  });

  it('takes an expression without "=" as FEEL, and a constant whatever its language', async () => {
    const feel = 'language="https://www.omg.org/spec/DMN/20191111/FEEL/"';
    assert.equal(await messagesOf(split(condition('a', feel), condition('=b', feel))), '');
    assert.equal(await messagesOf(split(condition('a &gt; 1'), condition('=b'))), '');
    assert.match(await messagesOf(split(condition('a', 'language="python"'), condition('=b'))), /"python"/);
    const timer = `<bpmn:intermediateCatchEvent id="X"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression" ${feel}>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`;
    assert.equal(await messagesOf(around(timer)), '');
    assert.equal(await messagesOf(around(timer.replace(feel, 'language="http://www.java.com/java"'))), '');
    assert.equal(await messagesOf(around(timer.replace('PT1H', 'due - now()'))), '');
  });

  it('reads what the schema has as elements and bpmn-moddle as attributes, and the other way round', async () => {
    const globals = (task: string) =>
      file(
        `${task}<bpmn:process id="P" isExecutable="true"><bpmn:callActivity id="Call" calledElement="G"/></bpmn:process>`,
      );
    const element =
      '<bpmn:globalScriptTask id="G" scriptLanguage="feel"><bpmn:script>{ twice: 2 * 2 }</bpmn:script></bpmn:globalScriptTask>';
    const attribute = '<bpmn:globalScriptTask id="G" scriptLanguage="feel" script="{ twice: 2 * 2 }"/>';
    for (const task of [element, attribute]) {
      const simulation = new Simulation();
      await simulation.deploy(globals(task));
      assert.deepEqual(simulation.state(simulation.start('P')).variables, { twice: 4 });
    }
    const described =
      '<bpmn:endPoint id="EP"/><bpmn:collaboration id="C"><bpmn:participant id="A" processRef="P"><bpmn:endPointRef>EP</bpmn:endPointRef></bpmn:participant><bpmn:participant id="B"/><bpmn:messageFlow id="MF" sourceRef="B" targetRef="A"/>' +
      '<bpmn:callConversation id="CC"><bpmn:messageFlowRef>MF</bpmn:messageFlowRef><bpmn:participantAssociation><bpmn:innerParticipantRef>A</bpmn:innerParticipantRef><bpmn:outerParticipantRef>B</bpmn:outerParticipantRef></bpmn:participantAssociation></bpmn:callConversation></bpmn:collaboration>';
    const [process] = (await readBpmn(globals(element + described))).processes;
    assert.deepEqual(
      process?.assumptions?.map(({ value }) => value),
      ['endPointRef', 'conversations'],
    );
  });

  it('takes the mark of a compensation event sub-process, which says what its start event says', async () => {
    const marked =
      '<bpmn:subProcess id="Sub"><bpmn:task id="Work"/><bpmn:subProcess id="Undo" triggeredByEvent="true" isForCompensation="true"><bpmn:startEvent id="OnUndo"><bpmn:compensateEventDefinition/></bpmn:startEvent><bpmn:userTask id="Mend"/>' +
      `${flow('U', 'OnUndo', 'Mend')}</bpmn:subProcess></bpmn:subProcess><bpmn:intermediateThrowEvent id="Back"><bpmn:compensateEventDefinition/></bpmn:intermediateThrowEvent>${flow('B', 'Sub', 'Back')}`;
    const simulation = new Simulation();
    await simulation.deploy(process(marked));
    simulation.start('P');
    assert.deepEqual(
      simulation.userTasks().map(({ elementId }) => elementId),
      ['Mend'],
    );
  });

  it('names sequence flows that have no id after their ends', async () => {
    const bare = (source: string, target: string) => `<bpmn:sequenceFlow sourceRef="${source}" targetRef="${target}"/>`;
    const inner = `<bpmn:startEvent id="S"/><bpmn:task id="A"/><bpmn:userTask id="B"/>`;
    const xml = process(`${inner}${bare('S', 'A')}${flow('A-B', 'A', 'B')}${bare('A', 'B')}`);
    const { processes } = await readBpmn(xml);
    assert.deepEqual([...(processes[0]?.flows.keys() ?? [])].sort(), ['A-B', 'A-B-2', 'S-A']);
  });

  it('reads flags as 1 and 0, references on lines of their own, and a text whatever encoding it names', async () => {
    const body = `<bpmn:process id="P" isExecutable=" 1 "><bpmn:startEvent id="Start"><bpmn:outgoing>
        F1
      </bpmn:outgoing></bpmn:startEvent><bpmn:userTask id="Ask"/><bpmn:sequenceFlow id="F1" sourceRef=" Start" targetRef="Ask"/>
      <bpmn:boundaryEvent id="Gone" attachedToRef="Ask" cancelActivity="1"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="Late"/>${flow('F2', 'Gone', 'Late')}</bpmn:process>`;
    const simulation = new Simulation();
    await simulation.deploy(file(body).replace('UTF-8', 'UTF-16'));
    const key = simulation.start('P');
    simulation.advanceBy('PT1H');
    assert.deepEqual(simulation.state(key).terminated, ['Ask']);
    assert.equal(simulation.state(key).ended, 'completed');
  });

  it('makes a variable of data whose name has blanks and whose id has hyphens', async () => {
    const data =
      '<bpmn:dataObject id="_8f-1" name="Employee  details"/><bpmn:dataObject id="_8f-2"/><bpmn:dataObject id="_8f-3" name="2nd"/>';
    const simulation = new Simulation();
    await simulation.deploy(process(`${data}<bpmn:userTask id="Ask"/>`));
    assert.deepEqual(simulation.state(simulation.start('P')).variables, {
      Employee_details: null,
      _8f_2: null,
      _2nd: null,
    });
  });
});
