import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPack } from './check-packs.ts';
import { listPacks } from './pack-scenarios/read-pack.ts';
import { rewriteTraces, SCENARIO_FOLDERS } from './rewrite-traces.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

describe('packs', function () {
  this.timeout(120_000);

  for (const name of listPacks(ROOT)) {
    it(`${name} stands: references, form samples, templates, scenarios`, async () => {
      const { problems } = await checkPack(ROOT, name);
      assert.deepEqual(problems, []);
    });
  }
});

/** Each line: what is broken in a copy of the pack, and what must be said about it. */
const BREAKAGES: readonly (readonly [what: string, file: string, from: string, to: string, says: RegExp])[] = [
  ['a form that is not there', 'processes/claim-intake/claim.bpmn', 'formId="claim-refusal"', 'formId="refusal"', /refers to the form "refusal"/],
  ['a decision that is not there', 'processes/claim-intake/claim.bpmn', 'decisionId="claim-triage"', 'decisionId="triage"', /refers to the decision "triage"/],
  ['a process that is not there', 'processes/claim-intake/claim-intake.bpmn', 'processId="claim"', 'processId="claims"', /refers to the process "claims"/],
  ['a template that is not there', 'processes/claim-intake/claim.bpmn', 'value="claim-intake/answer"', 'value="answer"', /no template "answer"/],
  ['a calendar of a deadline', 'processes/claim-intake/claim.bpmn', 'calendar="ru-office"', 'calendar="kz-office"', /unknown calendar/],
  ['a calendar of a timer', 'processes/claim-intake/claim.bpmn', '"P3D", "ru-office"', '"P3D", "kz-office"', /unknown calendar/],
  ['a group nobody knows', 'processes/claim-intake/claim.bpmn', 'candidateGroups="claims-head"', 'candidateGroups="bosses"', /no group "bosses"/],
  ['a field of a binding', 'processes/claim-intake/claim-intake.bpmn', 'required="priority"', 'required="urgency"', /no field "urgency"/],
  ['a file that is not listed', 'processes/claim-intake/pack.json', '"answer.hbs", ', '', /Add it to "templates"/],
  ['a rule that lets bad data in', 'forms/claim-intake/claim-hand-over.form.json', 'date(executionDue) >= today()', 'true', /must fail at \/executionDue/],
  ['a template that says something else', 'templates/claim-intake/answer.hbs', 'Рекламация подтверждена.', 'Рекламация принята.', /expected page/],
  ['a rule of a decision', 'processes/claim-intake/claim-triage.dmn', '"logistics"</text>\n        </outputEntry>', '"warehouse"</text>\n        </outputEntry>', /traces:rewrite/],
  ['a deadline', 'processes/claim-intake/claim-intake.bpmn', '"PT4H"', '"PT5H"', /traces:rewrite/],
]; // prettier-ignore

const BROKEN_REGISTERS: readonly (readonly [what: string, file: string, from: string, to: string, says: RegExp])[] = [
  ['a row with wrong requisites', 'service-centres.rows.json', '9900000017', '9900000018', /АСЦ-001.*ИНН/],
  ['a row that refers to nothing', 'parts.rows.json', '"product": "ВН-100"', '"product": "ВН-999"', /З-ВН-001.*product.*ВН-999/],
  ['two rows with one key', 'parts.rows.json', '"З-ВН-002"', '"З-ВН-001"', /"З-ВН-001" twice/],
  ['prices that hold at once', 'tariffs.rows.json', '"validTo": "2025-12-31"', '"validTo": "2026-12-31"', /overlaps/],
  ['a look-up of a register that is not there', 'parts.register.json', '"catalog": "products"', '"catalog": "goods"', /"goods"/],
]; // prettier-ignore

describe('a broken pack is told so', function () {
  this.timeout(120_000);
  let copy = '';
  beforeEach(() => {
    const scratch = join(ROOT, 'node_modules/.cache');
    mkdirSync(scratch, { recursive: true });
    copy = `${mkdtempSync(join(scratch, 'packs-'))}/`;
    // Three scenarios are enough to notice a change, and eighteen take 3 s each time.
    const wanted = (path: string) => !path.endsWith('.trace') || /(transit|overdue|spam)-/.test(path);
    for (const room of ['processes', 'forms', 'templates', 'registers']) {
      cpSync(join(ROOT, room), join(copy, room), { recursive: true, filter: wanted });
    }
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  for (const [what, file, from, to, says] of BREAKAGES) {
    it(what, async () => {
      const before = readFileSync(join(copy, file), 'utf8');
      assert.ok(before.includes(from), `Expected ${from} in ${file}`);
      writeFileSync(join(copy, file), before.replace(from, to));
      const { problems } = await checkPack(copy, 'claim-intake');
      assert.match(problems.map(({ message }) => message).join('\n'), says);
    });
  }

  for (const [what, file, from, to, says] of BROKEN_REGISTERS) {
    it(what, async () => {
      const before = readFileSync(join(copy, 'registers/service-base', file), 'utf8');
      assert.ok(before.includes(from), `Expected ${from} in ${file}`);
      writeFileSync(join(copy, 'registers/service-base', file), before.replace(from, to));
      const { problems } = await checkPack(copy, 'service-base');
      assert.match(problems.map(({ message }) => message).join('\n'), says);
    });
  }

  it('rewriting the traces writes down what happens now, and nothing when nothing changed', async () => {
    assert.deepEqual(await rewriteTraces(copy, SCENARIO_FOLDERS), []);
    const path = 'processes/claim-intake/scenarios/spam-ends-at-once.trace';
    const text = readFileSync(join(copy, path), 'utf8');
    writeFileSync(join(copy, path), text.replace('"spam"', '"ham"'));
    assert.deepEqual(await rewriteTraces(copy, [path]), [path]);
    assert.equal(readFileSync(join(copy, path), 'utf8'), text);
  });

  it('a trace outside a pack runs against the model beside it', async () => {
    const folder = 'engine/test/scenarios';
    mkdirSync(join(copy, folder), { recursive: true });
    cpSync(join(ROOT, 'processes/claim-intake/claim.bpmn'), join(copy, folder, 'claim.bpmn'));
    writeFileSync(
      join(copy, folder, 'claim.trace'),
      'start process "claim" {"caseNumber": "1", "topic": "misuse", "attachments": []}\n----\n',
    );
    assert.deepEqual(await rewriteTraces(copy, [folder]), [`${folder}/claim.trace`]);
    assert.match(readFileSync(join(copy, folder, 'claim.trace'), 'utf8'), /user task "Проверить комплект"/);
    assert.ok(existsSync(join(copy, folder, 'claim.bpmn')));
    writeFileSync(join(copy, folder, 'lost.trace'), 'start process "lost"\n');
    await assert.rejects(rewriteTraces(copy, [folder]), /Expected lost\.bpmn beside/);
  });
});
