import assert from 'node:assert/strict';
import { Simulation } from '../index.ts';
import { around, file, flow, problemsOf, process } from './test/bpmn-text.ts';
import { juelToFeel } from './juel.ts';
import { readBpmn } from './read-bpmn.ts';

const plain = (id: string, inner = '<bpmn:userTask id="Ask"/>', attributes = '') =>
  `<bpmn:process id="${id}" ${attributes}>${inner}</bpmn:process>`;
const messagesOf = async (xml: string) => (await problemsOf(xml)).map(({ message }) => message).join('\n');

/** ADR 0013: files of plain BPMN, drawn in any modeler. What they do is shown by `test/scenarios/plain-*`. */
describe('readBpmn: plain BPMN', () => {
  it('runs every drawn process of a file that marks none, and a message flow between two of them', async () => {
    const simulation = new Simulation();
    const xml = file(
      `<bpmn:collaboration id="C"><bpmn:participant id="PA" processRef="A"/><bpmn:participant id="PB" processRef="B"/><bpmn:participant id="PC" processRef="BlackBox"/><bpmn:messageFlow id="MF" sourceRef="Tell" targetRef="Hear"/></bpmn:collaboration>` +
        plain('A', '<bpmn:startEvent id="S"/><bpmn:sendTask id="Tell"/>' + flow('F', 'S', 'Tell')) +
        plain(
          'B',
          '<bpmn:startEvent id="Hear"><bpmn:messageEventDefinition/></bpmn:startEvent><bpmn:userTask id="Do"/>' +
            flow('G', 'Hear', 'Do'),
        ) +
        plain('BlackBox', ''),
    );
    assert.deepEqual(await simulation.deploy(xml), ['A', 'B']);
    simulation.start('A');
    assert.deepEqual(
      simulation.userTasks().map(({ elementId }) => elementId),
      ['Do'],
    );
  });

  it('leaves a process that is marked otherwise, or not at all beside a marked one', async () => {
    const deploy = (xml: string) => new Simulation().deploy(xml);
    assert.deepEqual(
      await deploy(file(plain('A') + plain('B', undefined, 'isExecutable="false"').replace('Ask', 'B1'))),
      ['A'],
    );
    assert.deepEqual(
      await deploy(file(plain('A') + plain('B', undefined, 'isExecutable="true"').replace('Ask', 'B1'))),
      ['B'],
    );
    const none = await problemsOf(file(plain('A', undefined, 'isExecutable="false"')));
    assert.deepEqual(
      none.map(({ code }) => code),
      ['no-executable-process'],
    );
    assert.equal((await problemsOf(file(plain('A', ''))))[0]?.code, 'no-executable-process');
  });

  it('takes the message of a flow from or to a black box', async () => {
    const simulation = new Simulation();
    await simulation.deploy(
      file(
        `<bpmn:message id="M" name="order"/><bpmn:message id="N" name="cancel"/><bpmn:collaboration id="C"><bpmn:participant id="PA" processRef="A"/><bpmn:participant id="PB"/>` +
          `<bpmn:messageFlow id="MF" sourceRef="PB" targetRef="Hear" messageRef="M"/><bpmn:messageFlow id="MG" sourceRef="PB" targetRef="Two" messageRef="M"/>` +
          `<bpmn:messageFlow id="MH" sourceRef="PB" targetRef="Two" messageRef="N"/></bpmn:collaboration>` +
          plain(
            'A',
            `<bpmn:startEvent id="Hear"><bpmn:messageEventDefinition/></bpmn:startEvent><bpmn:receiveTask id="Two"/>${flow('F', 'Hear', 'Two')}`,
          ),
      ),
    );
    assert.equal(simulation.publishMessage('order').outcome, 'started');
    assert.equal(simulation.publishMessage('Two').outcome, 'correlated', 'flows that differ name nothing');
  });

  it('correlates by name alone between two pools that people start', async () => {
    const pools = (message: string, ref: string) =>
      file(
        `${message}<bpmn:collaboration id="C"><bpmn:participant id="PA" processRef="A"/><bpmn:participant id="PB" processRef="B"/><bpmn:messageFlow id="MF" sourceRef="Tell" targetRef="Hear"/></bpmn:collaboration>` +
          plain('A', `<bpmn:startEvent id="S"/><bpmn:sendTask id="Tell" ${ref}/>${flow('F', 'S', 'Tell')}`) +
          plain('B', `<bpmn:startEvent id="T"/><bpmn:receiveTask id="Hear" ${ref}/>${flow('G', 'T', 'Hear')}`),
      );
    for (const xml of [pools('', ''), pools('<bpmn:message id="M" name="m"/>', 'messageRef="M"')]) {
      const simulation = new Simulation();
      await simulation.deploy(xml);
      const waiting = simulation.start('B');
      simulation.start('A');
      assert.equal(simulation.state(waiting).ended, 'completed');
    }
    const simulation = new Simulation();
    await simulation.deploy(pools('<bpmn:message id="M" name="m"/>', 'messageRef="M"'));
    simulation.start('B');
    assert.equal(simulation.publishMessage('m').outcome, 'correlated');
  });

  it('takes a message flow between steps or pools that neither send nor receive as a picture', async () => {
    const drawn = (flowEnds: string, hear: string) =>
      file(
        `<bpmn:message id="M" name="m"/><bpmn:collaboration id="C"><bpmn:participant id="PA" processRef="A"/><bpmn:participant id="PB" processRef="B"/><bpmn:messageFlow id="MF" ${flowEnds}/></bpmn:collaboration>` +
          plain('A', '<bpmn:userTask id="Call"/><bpmn:subProcess id="Sub"><bpmn:task id="T"/></bpmn:subProcess>') +
          plain('B', hear),
      );
    const catches =
      '<bpmn:intermediateCatchEvent id="Hear"><bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent>';
    for (const [ends, hear] of [
      ['sourceRef="Call" targetRef="Hear"', catches],
      ['sourceRef="Hear" targetRef="Sub"', '<bpmn:manualTask id="Hear"/>'],
      ['sourceRef="PA" targetRef="PB"', catches],
      ['sourceRef="Sub" targetRef="PB"', catches],
    ] as const) {
      const { processes } = await readBpmn(drawn(ends, hear));
      const said = processes.flatMap(({ assumptions = [] }) => assumptions);
      assert.ok(said.some(({ kind, at }) => kind === 'not-executed' && at?.id === 'MF'));
    }
    const simulation = new Simulation();
    await simulation.deploy(drawn('sourceRef="Call" targetRef="Hear"', catches));
    const waiting = simulation.start('B');
    assert.equal(simulation.publishMessage('m').outcome, 'correlated');
    assert.equal(simulation.state(waiting).ended, 'completed');
  });

  it('sends and awaits the message that an operation takes', async () => {
    const roots =
      '<bpmn:message id="Ord" name="order"/><bpmn:interface id="I" name="i"><bpmn:operation id="Op" name="o"><bpmn:inMessageRef>Ord</bpmn:inMessageRef></bpmn:operation></bpmn:interface>';
    const simulation = new Simulation();
    await simulation.deploy(around('<bpmn:receiveTask id="X" operationRef="Op"/>', { roots }));
    const key = simulation.start('P');
    assert.equal(simulation.publishMessage('order').outcome, 'correlated');
    assert.equal(simulation.state(key).ended, 'completed');
  });

  it('keeps the keys of Camunda 8 as they are', async () => {
    const roots =
      '<bpmn:message id="M" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message>';
    const simulation = new Simulation();
    await simulation.deploy(around('<bpmn:receiveTask id="X" messageRef="M"/>', { roots }));
    simulation.start('P', { k: 'A' });
    assert.equal(simulation.publishMessage('m').outcome, 'buffered');
    assert.equal(simulation.publishMessage('m', 'A').outcome, 'correlated');
    const stuck = simulation.start('P', {});
    assert.match(simulation.state(stuck).incidents[0]!.message, /correlation key/);
  });

  it('gives the worker of a foreign script the script', async () => {
    const simulation = new Simulation();
    await simulation.deploy(
      around(
        '<bpmn:scriptTask id="X" scriptFormat="javascript"><bpmn:script>next(null, 1)</bpmn:script></bpmn:scriptTask>',
      ),
    );
    simulation.start('P');
    const [job] = simulation.jobs();
    assert.deepEqual(job?.headers, { scriptFormat: 'javascript', script: 'next(null, 1)' });
  });

  it('stops at an entry of a script that can be no variable', async () => {
    const simulation = new Simulation();
    await simulation.deploy(
      around(
        '<bpmn:scriptTask id="X" scriptFormat="feel"><bpmn:script>context put({}, k, 1)</bpmn:script></bpmn:scriptTask>',
      ),
    );
    for (const k of ['', 'n'.repeat(201)]) {
      const [incident] = simulation.state(simulation.start('P', { k })).incidents;
      assert.match(incident?.message ?? '', /Expected a variable name of 1 to 200 characters/);
    }
    assert.equal(simulation.state(simulation.start('P', { k: 'n' })).ended, 'completed');
  });

  it('refuses a second performer, a performer without a name, and one beside the extension', async () => {
    const asked = (inner: string) => around(`<bpmn:userTask id="X">${inner}</bpmn:userTask>`);
    const role = (type: string, text: string) =>
      `<bpmn:${type} id="${type}_${text.replace(/\W/g, '')}"><bpmn:resourceAssignmentExpression><bpmn:formalExpression>${text}</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:${type}>`;
    assert.match(await messagesOf(asked(role('performer', 'ann') + role('humanPerformer', 'bob'))), /second performer/);
    assert.match(await messagesOf(asked('<bpmn:potentialOwner id="PO"/>')), /has no name of who performs it/);
    const extension = '<bpmn:extensionElements><zeebe:assignmentDefinition assignee="ann"/></bpmn:extensionElements>';
    assert.match(await messagesOf(asked(extension + role('potentialOwner', 'sales'))), /beside zeebe:assignment/);
    assert.match(await messagesOf(asked(role('humanPerformer', '${initiator}'))), /JUEL/);
  });

  it('refuses JUEL by name and proposes FEEL', async () => {
    const loop = (text: string) =>
      process(
        `<bpmn:task id="X"><bpmn:standardLoopCharacteristics><bpmn:loopCondition xsi:type="bpmn:tFormalExpression">${text}</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:task>`,
      );
    const [problem] = await problemsOf(loop('#{order.total &gt;= 10 &amp;&amp; !order.paid}'));
    assert.equal(problem?.remedy, 'Write it in FEEL: "=order.total >= 10 and not(order.paid)".');
    assert.equal(juelToFeel("${a == 'x' || b eq 2}"), 'a = "x" or b = 2');
    assert.equal(juelToFeel('${a != b}'), 'a != b');
  });
});
