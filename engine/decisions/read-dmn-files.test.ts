import assert from 'node:assert/strict';
import { evaluateDecision } from './evaluate-decision.ts';
import { readDmnFiles, type DmnFileReading, type DmnText } from './read-dmn-files.ts';
import { decisionOf, knowledge, literal, model, needs } from './test/by-specification.ts';
import { scopeOf } from './test/dmn-file.ts';

const importOf = (name: string, namespace: string, type = 'https://www.omg.org/spec/DMN/20230324/MODEL/'): string =>
  `<import id="import_${namespace}" name="${name}" namespace="urn:${namespace}" importType="${type}" />`;
const file = (name: string, content: string): DmnText => ({ name, content });

const tariffs = file('tariffs.dmn', model('tariffs', decisionOf('tariff', literal('100'))));
const library = file(
  'library.dmn',
  model(
    'library',
    knowledge(
      'tripled',
      `<encapsulatedLogic><formalParameter name="n" typeRef="number" />${literal('n * 3')}</encapsulatedLogic>`,
    ),
  ),
);
const price = file(
  'price.dmn',
  model(
    'price',
    importOf('Tariffs', 'tariffs') +
      importOf('Library', 'library') +
      decisionOf('price', literal('Library.tripled(Tariffs.tariff)'), {
        requires: needs.decision('urn:tariffs#tariff') + needs.knowledge('urn:library#tripled'),
      }),
  ),
);
const offer = file(
  'offer.dmn',
  model(
    'offer',
    importOf('P', 'price') +
      decisionOf('offer', literal('P.price + 1'), { requires: needs.decision('urn:price#price') }),
  ),
);
const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const problemsOf = (reading: DmnFileReading<DmnText> | undefined): string[] =>
  reading?.ok === false ? reading.problems.map(({ code, message }) => `${code}: ${message}`) : [];

describe('DMN files deployed together', () => {
  it('import each other, and what they import imports further', async () => {
    const readings = await readDmnFiles([offer, price, tariffs, library], nothing);
    const [first] = readings;
    assert.ok(first?.ok, JSON.stringify(readings));
    assert.deepEqual(
      first.imports.map(({ name }) => name),
      ['price.dmn', 'tariffs.dmn', 'library.dmn'],
    );
    const result = evaluateDecision({ decision: first.reading.decisions[0]!, scope: scopeOf({}) });
    assert.ok(result.ok, JSON.stringify(result));
    assert.equal(result.output, 301);
    assert.equal(result.trace.requiredDecisions[0]?.requiredDecisions[0]?.decisionId, 'tariff');
  });

  it('import a model that was deployed before', async () => {
    const before = new Map([
      ['urn:tariffs', tariffs],
      ['urn:library', library],
    ]);
    const [reading] = await readDmnFiles([price], (namespace) => Promise.resolve(before.get(namespace)));
    assert.ok(reading?.ok);
    assert.deepEqual(reading.imports, [tariffs, library]);
  });

  it('are refused with the name of an import that is not there', async () => {
    const [reading] = await readDmnFiles([price, tariffs], nothing);
    assert.match(
      problemsOf(reading).join(),
      /^missing-import: The imported model <urn:library>, «Library», is not there/,
    );
  });

  it('are refused when they import each other in a circle, named by the files', async () => {
    const one = file('one.dmn', model('one', importOf('Two', 'two') + decisionOf('a', literal('1'))));
    const two = file('two.dmn', model('two', importOf('One', 'one') + decisionOf('b', literal('1'))));
    const readings = await readDmnFiles([one, two], nothing);
    assert.deepEqual(readings.map(problemsOf), [
      ['import-cycle: Models import each other: one.dmn → two.dmn → one.dmn.'],
      ['import-cycle: Models import each other: two.dmn → one.dmn → two.dmn.'],
    ]);
  });

  it('may share a namespace, as long as nobody imports it', async () => {
    const other = file('other.dmn', tariffs.content);
    assert.deepEqual(
      (await readDmnFiles([tariffs, other], nothing)).map(({ ok }) => ok),
      [true, true],
    );
    const [reading] = await readDmnFiles([price, tariffs, other, library], nothing);
    assert.match(problemsOf(reading).join(), /ambiguous-import: .*tariffs.dmn, other.dmn/);
  });

  it('do not import PMML', async () => {
    const pmml = file(
      'pmml.dmn',
      model('x', importOf('Score', 'score', 'http://www.dmg.org/PMML-4_3') + decisionOf('a', literal('1'))),
    );
    const [reading] = await readDmnFiles([pmml], nothing);
    assert.match(problemsOf(reading).join(), /«Score» <urn:score> of <http:\/\/www.dmg.org\/PMML-4_3> is not executed/);
  });

  it('are refused when a service leads back to the decision that calls it', async () => {
    const circle = file(
      'circle.dmn',
      model(
        'circle',
        decisionOf('asks', literal('s()'), { requires: needs.knowledge('#s') }) +
          '<decisionService id="s" name="s"><variable name="s" /><outputDecision href="#asks" /></decisionService>',
      ),
    );
    const [reading] = await readDmnFiles([circle], nothing);
    assert.match(problemsOf(reading).join(), /requirement-cycle: .*asks → s → asks/);
  });

  it('keep the version tag that Camunda Modeler writes', async () => {
    const tagged = file(
      'tagged.dmn',
      `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="g" name="G" namespace="urn:g">
        <decision id="d" name="D"><extensionElements><zeebe:versionTag value="v2" /></extensionElements>${literal('1')}</decision></definitions>`,
    );
    const [reading] = await readDmnFiles([tagged], nothing);
    assert.equal(reading?.ok && reading.reading.decisions[0]?.versionTag, 'v2');
  });
});
