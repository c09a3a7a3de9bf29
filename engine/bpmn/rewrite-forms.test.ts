import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { FlowNode, ProcessModel } from '../model/process-model.ts';
import { readBpmn } from './read-bpmn.ts';
import { NoSuchStep, rewriteForms, type StepForm } from './rewrite-forms.ts';

const BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"';
const ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"';
const OURS = 'xmlns:reglament="urn:reglament:bpmn:1"';
const LATEST: StepForm = { formId: 'visit', bindingType: 'latest' };

const around = (step: string, declared = `${ZEEBE} ${OURS}`): string => `<?xml version="1.0"?>
<definitions ${BPMN} ${declared}>
  <process id="P" isExecutable="true">
    ${step}
  </process>
</definitions>
`;
const rewrite = (step: string, form: StepForm | null): string =>
  rewriteForms(around(step), new Map([['A', form]]))
    .slice(around('').indexOf('<process'), -'  </process>\n</definitions>\n'.length)
    .replace('<process id="P" isExecutable="true">\n    ', '')
    .trim();

describe('rewriteForms', () => {
  it('changes the values of attributes that stand, and leaves how they are written', () => {
    const step = `<userTask id='A'><extensionElements><zeebe:formDefinition  formId='old' />
      <reglament:formBinding readable="a,b" required = 'a'/></extensionElements></userTask>`;
    const form = { ...LATEST, binding: { readable: ['a', 'b'], writable: ['b'], requiredHere: ['b'] } };
    assert.equal(
      rewrite(step, form),
      `<userTask id='A'><extensionElements><zeebe:formDefinition  formId='visit' />
      <reglament:formBinding readable="a,b" required = 'b' writable="b"/></extensionElements></userTask>`,
    );
  });

  it('puts in what is missing: the element, its extensions behind the documentation, its content', () => {
    const form = { ...LATEST, binding: { writable: [] } };
    assert.equal(
      rewrite('<userTask id="A" name="Ask" />', form),
      `<userTask id="A" name="Ask">
      <extensionElements>
        <zeebe:formDefinition formId="visit" />
        <reglament:formBinding writable="" />
      </extensionElements>
    </userTask>`,
    );
    assert.equal(
      rewrite('<userTask id="A"><documentation>x</documentation><incoming>F</incoming></userTask>', LATEST),
      `<userTask id="A"><documentation>x</documentation>
      <extensionElements>
        <zeebe:formDefinition formId="visit" />
      </extensionElements><incoming>F</incoming></userTask>`,
    );
    assert.equal(
      rewrite('<userTask id="A"><extensionElements/></userTask>', LATEST),
      '<userTask id="A"><extensionElements><zeebe:formDefinition formId="visit" /></extensionElements></userTask>',
    );
  });

  it('takes away the form, and a binding that says nothing any more', () => {
    const step = `<userTask id="A"><extensionElements>
      <zeebe:userTask />
      <zeebe:formDefinition formId="visit" />
      <reglament:formBinding required="a" />
    </extensionElements></userTask>`;
    assert.equal(rewrite(step, LATEST), step.replace('\n      <reglament:formBinding required="a" />', ''));
    assert.equal(rewrite(step, null), step.replace(/\n {6}<zeebe:form[^]*\/>(?=\n {4}<)/, ''));
  });

  it('says which version: that of the deployment, a tag, or again the latest', () => {
    const plain =
      '<userTask id="A"><extensionElements><zeebe:formDefinition formId="visit"/></extensionElements></userTask>';
    const bound = rewrite(plain, { ...LATEST, bindingType: 'deployment' });
    assert.equal(bound, plain.replace('formId="visit"', 'formId="visit" bindingType="deployment"'));
    assert.equal(rewrite(bound, LATEST), bound.replace('deployment', 'latest'));
    const tagged = rewrite(bound, { ...LATEST, bindingType: 'versionTag', versionTag: 'v"1' });
    assert.equal(tagged, bound.replace('"deployment"', '"versionTag" versionTag="v&quot;1"'));
    assert.equal(rewrite(tagged, { ...LATEST, bindingType: 'versionTag', versionTag: 'v"1' }), tagged);
  });

  it('opens a start to others and shuts it: among the properties that stand, in a list of its own, and leaves none behind', () => {
    const bare = `<startEvent id="A">
      <extensionElements>
        <zeebe:formDefinition formId="visit" />
      </extensionElements>
    </startEvent>`;
    const open: StepForm = { ...LATEST, openTo: ['contractors', 'anyone'] };
    const opened = bare.replace(
      '/>\n',
      `/>
        <zeebe:properties>
          <zeebe:property name="reglament:openTo" value="contractors, anyone" />
        </zeebe:properties>
`,
    );
    assert.equal(rewrite(bare, open), opened);
    assert.equal(rewrite(opened, { ...LATEST, openTo: [] }), bare);
    assert.equal(rewrite(opened, LATEST), opened, 'who says nothing of it changes nothing');
    assert.equal(rewrite(opened, { ...open, openTo: ['anyone'] }), opened.replace('contractors, ', ''));
    assert.equal(rewrite(opened, null), bare.replace(/\n *<zeebe:form.*/, ''));
    const among = opened.replace(/<zeebe:property .*/, `<zeebe:property name='x' value='reglament:openTo'/>`);
    const both = among.replace(
      '/>\n        </',
      `/>\n          <zeebe:property name="reglament:openTo" value="anyone" />\n        </`,
    );
    assert.equal(rewrite(among, { ...LATEST, openTo: ['anyone'] }), both);
    assert.equal(rewrite(both, { ...LATEST, openTo: [] }), among);
    const turned = both.replace('"anyone"', `'anyone,contractors'`);
    assert.equal(rewrite(turned, open), turned, 'the same two in another order are left as they are written');
    assert.equal(
      rewrite('<startEvent id="A"/>', { ...LATEST, openTo: ['anyone'] }).replace(/\n\s*/g, ''),
      '<startEvent id="A"><extensionElements><zeebe:formDefinition formId="visit" /><zeebe:properties>' +
        '<zeebe:property name="reglament:openTo" value="anyone" /></zeebe:properties></extensionElements></startEvent>',
    );
  });

  it('follows the prefixes of the file, and declares one that it has not', () => {
    const bpmn2 =
      '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:reglament="urn:other">\n' +
      '  <b:userTask id="A">\n  </b:userTask>\n</b:definitions>';
    assert.equal(
      rewriteForms(bpmn2, new Map([['A', { ...LATEST, binding: { readable: ['a'] } }]])),
      '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:reglament="urn:other"' +
        ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:reglament1="urn:reglament:bpmn:1">\n' +
        '  <b:userTask id="A">\n    <b:extensionElements>\n      <zeebe:formDefinition formId="visit" />\n' +
        '      <reglament1:formBinding readable="a" />\n    </b:extensionElements>\n  </b:userTask>\n</b:definitions>',
    );
  });

  it('is not misled by comments, CDATA, quotes and ids elsewhere', () => {
    const xml =
      around(`<!-- <userTask id="A"/> --><scriptTask id="B"><script><![CDATA[<userTask id="A"/>]]></script></scriptTask>
      <userTask id="A" name="a > b"/><sequenceFlow id="F" sourceRef="A" targetRef="B"/>`);
    const changed = rewriteForms(xml, new Map([['A', LATEST]]));
    assert.match(changed, /<userTask id="A" name="a > b">\s+<extensionElements>\s+<zeebe:formDefinition/);
    assert.equal(changed.match(/formDefinition/g)?.length, 1);
    for (const id of ['B', 'F', 'C']) {
      assert.throws(() => rewriteForms(xml, new Map([[id, LATEST]])), NoSuchStep);
    }
  });
});

const FOLDER = 'processes';
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bpmn'));

describe('rewriteForms on every shipped process', () => {
  it('has some to look at', () => assert.ok(FILES.length >= 3));
  for (const file of FILES) {
    const xml = readFileSync(`${FOLDER}/${file}`, 'utf8');

    it(`${file}: written as it is, not a sign changes`, async () => {
      const steps = (await readBpmn(xml)).processes.flatMap(formSteps);
      const same = new Map(steps.map((node) => [node.id, storedForm(node)]));
      assert.equal(rewriteForms(xml, same), xml);
    });

    it(`${file}: with another binding the model differs at that step alone, and back again not at all`, async () => {
      const before = (await readBpmn(xml)).processes;
      for (const node of before.flatMap(formSteps)) {
        const form: StepForm = {
          formId: 'other',
          bindingType: 'deployment',
          binding: { readable: ['a'], writable: [] },
        };
        const changed = rewriteForms(xml, new Map([[node.id, form]]));
        const after = (await readBpmn(changed)).processes;
        assert.deepEqual(shape(after, node.id), shape(before, node.id));
        const stands = after.flatMap(formSteps).find(({ id }) => id === node.id)!;
        assert.deepEqual(storedForm(stands), form);
        const back = (await readBpmn(rewriteForms(changed, new Map([[node.id, storedForm(node)]])))).processes;
        assert.deepEqual(shape(back), shape(before));
      }
    });
  }
});

type FormStepNode = Extract<FlowNode, { readonly type: 'userTask' | 'startEvent' }>;

function formSteps({ nodes }: ProcessModel): readonly FormStepNode[] {
  return [...nodes.values()].filter((node): node is FormStepNode => node.type === 'userTask');
}

function storedForm({ form }: FormStepNode): StepForm | null {
  if (form === undefined) return null;
  const { id, ...rest } = form;
  return { formId: id.text, ...rest };
}

/** Everything but the compiled functions, and but the form of one step. */
function shape(processes: readonly ProcessModel[], without?: string): unknown {
  return JSON.parse(
    JSON.stringify(processes, (_, value: unknown) => {
      if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
      const node = value as { id?: unknown; type?: string } | null;
      return typeof node === 'object' &&
        node !== null &&
        without !== undefined &&
        node.id === without &&
        node.type === 'userTask'
        ? { ...node, form: null }
        : value;
    }),
  );
}
