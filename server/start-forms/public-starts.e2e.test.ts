import assert from 'node:assert/strict';
import { startApp, type Answer, type TestApp } from '../http/test/start-app.ts';
import { queryRows, readerOf } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { forEachDialect } from '../test/dialects.ts';
import { identifySubmission } from './identify-submission.ts';
import { newSubmissionKey, photoBody, photoBytes, REPAIR_REQUEST } from './test/repair-request.ts';

const FORM = '/api/public/starts/repair-request';
const HOUR = 60 * 60_000;

forEachDialect((dialect) => {
  describe('a form that is open to anyone', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings, {
        publicForms: { startsPerAddress: 1_000, requestsPerMinute: 10_000 },
      });
    });
    after(() => test.close());

    const submit = (data: unknown, submission = newSubmissionKey()): Promise<Answer> =>
      test.call(null, `POST ${FORM}`, { submission, data }, { 'accept-language': 'ru' });
    const attach = (submission: string, body = photoBody(), path = '/photos'): Promise<Answer> =>
      test.call(null, `POST ${FORM}/files?path=${encodeURIComponent(path)}`, body, { 'submission-key': submission });
    const follow = (token: string): Promise<Answer> =>
      test.call(null, 'POST /api/public/case-state', { token }, { 'accept-language': 'ru' });
    const rows = <T extends object>(sql: string, parameters: readonly (string | number)[] = []) =>
      queryRows<T>(readerOf(test.database), sql, parameters);
    const countOf = async (table: string): Promise<number> =>
      Number((await rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n);
    const casesOf = async (caseNumber: string) =>
      (await test.call('dispatcher', `GET /api/cases?search=${encodeURIComponent(caseNumber)}`)).body.items;
    const valuesOf = async (caseKey: string): Promise<Record<string, unknown>> => {
      const { items } = (await test.call('dispatcher', `GET /api/cases/${caseKey}/variables`)).body;
      return Object.fromEntries(items.map(({ name, value }: { name: string; value: unknown }) => [name, value]));
    };

    /** It has a number by then, and no case. */
    const dieHalfWay = async (submission: string): Promise<void> => {
      const { runner } = test.app;
      const { start } = runner;
      Object.assign(runner, { start: () => Promise.reject(new Error('power cut')) });
      assert.equal((await submit(REPAIR_REQUEST, submission)).status, 500);
      Object.assign(runner, { start });
    };

    it('is there for nobody in particular, with its validator, and starts a case with a number', async () => {
      const form = await test.call(null, `GET ${FORM}`);
      assert.equal(form.status, 200, JSON.stringify(form.body));
      assert.equal(form.body.formId, 'repair-request');
      assert.equal(form.body.captcha, null);
      const validator = await test.call(null, `GET ${form.body.validatorUrl}`);
      assert.match(String(validator.headers.get('content-type')), /^text\/javascript/);
      const sent = await submit(REPAIR_REQUEST);
      assert.equal(sent.status, 201, JSON.stringify(sent.body));
      assert.match(sent.body.caseNumber, /^ОБР-2026-\d{6}$/);
      const [found] = await casesOf(sent.body.caseNumber);
      assert.equal(found.title, 'Ремонт: Котёл газовый КГ-24');
      const values = await valuesOf(found.caseKey);
      assert.deepEqual([values['channel'], values['caseNumber']], ['public-form', sent.body.caseNumber]);
    });

    it('takes only what its rules let in: hidden, unknown and forged values are gone, errors name their fields', async () => {
      const sent = await submit({
        ...REPAIR_REQUEST,
        visitDate: '2026-12-01',
        address: 'Тула',
        decision: 'accept',
        serviceCentre: 'warehouse',
        caseNumber: 'ОБР-1',
        startedBy: 'head',
        channel: 'portal',
      });
      assert.equal(sent.status, 201);
      const [found] = await casesOf(sent.body.caseNumber);
      const values = await valuesOf(found.caseKey);
      for (const name of ['visitDate', 'address', 'decision', 'serviceCentre', 'startedBy'])
        assert.equal(values[name] ?? null, null, name);
      assert.deepEqual([values['channel'], values['caseNumber']], ['public-form', sent.body.caseNumber]);
      const refused = await submit({ ...REPAIR_REQUEST, place: 'onsite', consent: false, applicantPhone: '12' });
      assert.equal(refused.status, 422);
      assert.deepEqual(
        refused.body.errors.map(({ path }: { path: string }) => path),
        ['/address', '/applicantPhone', '/consent'],
      );
    });

    it('counts a submission once: repeated, doubled at the same moment, or sent again with other values', async () => {
      const before = await countOf('process_instance');
      const submission = newSubmissionKey();
      const both = await Promise.all([submit(REPAIR_REQUEST, submission), submit(REPAIR_REQUEST, submission)]);
      const again = await submit(REPAIR_REQUEST, submission);
      const answers = new Set([...both, again].map(({ status, body }) => JSON.stringify([status, body])));
      assert.equal(answers.size, 1, [...answers].join('\n'));
      const other = await submit({ ...REPAIR_REQUEST, product: 'Чайник' }, submission);
      assert.deepEqual([other.body.caseNumber, other.body.differs], [again.body.caseNumber, true]);
      assert.equal(await countOf('process_instance'), before + 1);
    });

    it('goes on with a try that died half-way under its number, with the values that came last', async () => {
      const submission = newSubmissionKey();
      await dieHalfWay(submission);
      const claimed = await rows<{ case_number: string }>(
        'SELECT case_number FROM start_submission ORDER BY case_number DESC LIMIT 1',
      );
      const mended = await submit({ ...REPAIR_REQUEST, product: 'Чайник' }, submission);
      assert.deepEqual([mended.body.caseNumber, mended.body.differs], [claimed[0]!.case_number, false]);
      const [found] = await casesOf(mended.body.caseNumber);
      assert.equal(found.title, 'Ремонт: Чайник');
      assert.equal((await submit(REPAIR_REQUEST, submission)).body.differs, true, 'the first values were not taken');
    });

    it('goes on with such a try for its own form only', async () => {
      const submission = newSubmissionKey();
      await dieHalfWay(submission);
      const { bucket, submissionId } = identifySubmission(submission);
      const claimFor = (form: string) =>
        inTransaction(test.database, (tx) =>
          queryRows(tx, 'UPDATE start_submission SET process_id = ? WHERE bucket = ? AND submission_id = ?', [
            form,
            bucket,
            submissionId,
          ]),
        );
      // As if it had been claimed for another form.
      await claimFor('complaint');
      const before = await countOf('process_instance');
      const refused = await submit(REPAIR_REQUEST, submission);
      assert.deepEqual([refused.status, refused.body.code], [409, 'conflict']);
      assert.equal(await countOf('process_instance'), before);
      await claimFor('repair-request');
      assert.equal((await submit(REPAIR_REQUEST, submission)).status, 201);
    });

    it('takes photos for itself alone: checked by content, gone when it is never sent, of nobody else', async () => {
      const submission = newSubmissionKey();
      const photo = await attach(submission);
      assert.equal(photo.status, 201, JSON.stringify(photo.body));
      assert.equal((await test.call(null, `GET /api/files/${photo.body.fileKey}`)).status, 401);
      assert.equal((await test.call('head', `GET /api/files/${photo.body.fileKey}`)).status, 404);
      const script = new Uint8Array(Buffer.from('<script>alert(1)</script>'));
      const forged = await attach(submission, photoBody(script));
      assert.ok([415, 422].includes(forged.status), `a script called a photo: ${forged.status}`);
      assert.equal((await attach(submission, photoBody(), '/problem')).status, 400, 'a field that takes no files');
      assert.equal((await attach('short')).status, 400);
      const stolen = await submit({ ...REPAIR_REQUEST, photos: [photo.body] });
      assert.equal(stolen.status, 422, "a photo of somebody else's submission");
      const sent = await submit({ ...REPAIR_REQUEST, photos: [photo.body] }, submission);
      assert.equal(sent.status, 201, JSON.stringify(sent.body));
      const [found] = await casesOf(sent.body.caseNumber);
      const [file] = (
        await test.call('head', `GET /api/cases/${found.caseKey}/files`, undefined, { 'accept-language': 'ru' })
      ).body.items;
      assert.deepEqual([file.fileKey, file.by], [photo.body.fileKey, 'заявитель']);
      assert.equal((await submit({ ...REPAIR_REQUEST, photos: [photo.body] })).status, 422, 'nor once it is of a case');
      const lonely = await attach(newSubmissionKey());
      test.advance(25 * HOUR);
      assert.equal(await test.app.files.sweep(), 1);
      const left = await rows('SELECT 1 AS one FROM stored_file WHERE file_key = ?', [lonely.body.fileKey]);
      assert.equal(left.length, 0);
    });

    it('lets whoever sent it follow the case in words of the model, by a token of which only the hash is kept', async () => {
      const sent = await submit(REPAIR_REQUEST, submissionOfLongKeys());
      const { followToken, caseNumber } = sent.body;
      const stored = await rows<{ follow_hash: string }>('SELECT * FROM start_submission WHERE case_number = ?', [
        caseNumber,
      ]);
      assert.ok(!JSON.stringify(stored).includes(followToken));
      const first = await follow(followToken);
      assert.equal(first.status, 200, JSON.stringify(first.body));
      assert.deepEqual(
        [first.body.caseNumber, first.body.title, first.body.state, first.body.words],
        [caseNumber, 'Заявка на ремонт', 'active', 'Заявка принята, рассматриваем'],
      );
      const [found] = await casesOf(caseNumber);
      const { items } = (
        await test.call('dispatcher', `GET /api/tasks?tab=group&search=${encodeURIComponent(caseNumber)}`)
      ).body;
      const done = await test.call('dispatcher', `POST /api/tasks/${items[0].userTaskKey}/complete`, {
        data: { decision: 'reject', rejectReason: 'Секрет дома: клиент в чёрном списке' },
      });
      assert.equal(done.status, 204, JSON.stringify(done.body));
      const last = await follow(followToken);
      assert.deepEqual(
        [last.body.state, last.body.words, last.body.steps.length],
        ['completed', 'В ремонте отказано, мы вам позвоним', 2],
      );
      const told = JSON.stringify(last.body);
      for (const inside of ['Секрет', 'dispatcher', 'Рассмотреть', found.caseKey, 'Орлов', '+7912'])
        assert.ok(!told.includes(inside), inside);
      const deleted = await test.call('admin', `POST /api/process-instances/${found.caseKey}/deletion`, {});
      assert.equal(deleted.status, 204, JSON.stringify(deleted.body));
      assert.equal((await follow(followToken)).status, 404, 'it ends with the case');
      const guessed = await follow(newSubmissionKey());
      assert.deepEqual([guessed.status, guessed.body.code], [404, 'not-found']);
    });

    it('answers one and the same for what is unknown, suspended, without a form, or closed', async () => {
      await test.app.deployments.deploy({
        resources: [
          { name: 'contractors-only.bpmn', content: startOf('contractors-only', 'contractors') },
          { name: 'closed.bpmn', content: startOf('closed', null) },
          { name: 'reopened.bpmn', content: startOf('reopened', 'anyone') },
        ],
        by: null,
      });
      assert.equal((await test.call(null, 'GET /api/public/starts/reopened')).status, 200);
      await test.app.deployments.deploy({
        resources: [{ name: 'reopened.bpmn', content: startOf('reopened', null) }],
        by: null,
      });
      const [definition] = (
        await test.call('analyst', 'POST /v2/process-definitions/search', {
          filter: { processDefinitionId: 'repair-request' },
        })
      ).body.items;
      const switchTo = (verb: string) =>
        test.call('analyst', `POST /api/process-definitions/${definition.processDefinitionKey}/${verb}`);
      assert.equal((await switchTo('suspension')).status, 200);
      const keys = [
        'nobody-knows',
        'support-card',
        'contractors-only',
        'closed',
        'reopened',
        'repair-request',
        '..%2f..',
      ];
      const answers = new Set<string>();
      for (const key of keys) {
        for (const request of [
          await test.call(null, `GET /api/public/starts/${key}`),
          await test.call(null, `POST /api/public/starts/${key}`, { submission: newSubmissionKey(), data: {} }),
          await test.call(null, `POST /api/public/starts/${key}/files?path=/photos`, photoBody(), {
            'submission-key': newSubmissionKey(),
          }),
          await test.call(
            null,
            `PATCH /api/public/starts/${key}/uploads/photo-0000000001?path=/photos&offset=0`,
            photoBytes(10),
            { 'submission-key': newSubmissionKey(), 'content-type': 'application/octet-stream' },
          ),
          await test.call(
            null,
            `POST /api/public/starts/${key}/uploads?path=/photos`,
            { uploadKey: 'photo-0000000001', name: 'a.png', mimeType: 'image/png' },
            { 'submission-key': newSubmissionKey() },
          ),
          await test.call(null, `GET /api/public/starts/${key}/validator/${'0'.repeat(32)}.mjs`),
        ]) {
          const { requestId: _id, instance: _path, ...body } = request.body;
          answers.add(JSON.stringify([request.status, body]));
        }
      }
      assert.deepEqual([...answers].length, 1, [...answers].join('\n'));
      assert.equal((await switchTo('resumption')).status, 200);
      assert.equal((await test.call(null, `GET ${FORM}`)).status, 200);
    });

    it('is refused at deployment when it would show registers or people to whoever asks', async () => {
      const form = {
        $schema: 'form/1',
        key: 'asks-people',
        title: { ru: 'Кого', en: 'Whom' },
        data: { type: 'object', properties: { who: { type: 'string', 'x-source': { catalog: 'users' } } } },
        i18n: { ru: { 'who.label': 'Кого' }, en: { 'who.label': 'Whom' } },
      };
      const resources = [
        { name: 'asks.form.json', content: JSON.stringify(form) },
        { name: 'asks.bpmn', content: startOf('asks', 'anyone', 'asks-people') },
      ];
      await assert.rejects(test.app.deployments.deploy({ resources, by: null }), /its field "who" looks up/);
    });
  });
});

/** In bucket 0 the first keys have one digit, which stands in any text. */
function submissionOfLongKeys(): string {
  for (;;) {
    const submission = newSubmissionKey();
    if (identifySubmission(submission).bucket > 0) return submission;
  }
}

function startOf(id: string, openTo: string | null, formId = 'repair-request'): string {
  const property =
    openTo === null
      ? ''
      : `<zeebe:properties><zeebe:property name="reglament:openTo" value="${openTo}"/></zeebe:properties>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <bpmn:process id="${id}" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:extensionElements><zeebe:formDefinition formId="${formId}"/>${property}</bpmn:extensionElements><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/>
    <bpmn:endEvent id="e"><bpmn:incoming>f</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;
}
