import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { bucketOf } from '#engine';
import { noteParties } from '../cases/case-parties.ts';
import { inTransaction } from '../database/transaction.ts';
import { startApp, type Answer, type PersonName, type TestApp } from '../http/test/start-app.ts';
import { newSubmissionKey, photoBody, photoBytes, REPAIR_REQUEST } from '../start-forms/test/repair-request.ts';
import { forEachDialect } from '../test/dialects.ts';

/** Every address that people of other organisations may call; all others answer them 403. */
const OPEN = [
  'GET /api/session',
  'GET /api/people',
  'GET /api/groups',
  'GET /api/tasks',
  'GET /api/tasks/{userTaskKey}',
  'PUT /api/tasks/{userTaskKey}/assignee',
  'PUT /api/tasks/{userTaskKey}/draft',
  'POST /api/tasks/{userTaskKey}/files',
  'POST /api/tasks/{userTaskKey}/uploads',
  'POST /api/tasks/{userTaskKey}/complete',
  'GET /api/uploads/{uploadKey}',
  'PATCH /api/uploads/{uploadKey}',
  'DELETE /api/uploads/{uploadKey}',
  'GET /api/forms/{formKey}/validator/{hash}.mjs',
  'GET /api/files/{fileKey}',
  'GET /api/documents/{documentKey}/html',
  'GET /api/documents/{documentKey}/pdf',
  'GET /api/notifications',
  'POST /api/notifications/read',
  'POST /api/registers/{registerKey}/suggestions',
  'GET /api/portal/starts',
  'GET /api/portal/starts/{key}',
  'POST /api/portal/starts/{key}',
  'POST /api/portal/starts/{key}/files',
  'POST /api/portal/starts/{key}/uploads',
  'GET /api/portal/cases',
  'GET /api/portal/cases/{caseKey}',
];
const FORM = '/api/portal/starts/repair-request';

forEachDialect((dialect) => {
  describe('the portal of contractors', () => {
    let test: TestApp;
    before(async () => void (test = await startApp((await dialect.connect()).settings)));
    after(() => test.close());

    const attach = async (who: PersonName, path: string, submission?: string): Promise<Answer> =>
      test.call(who, `POST ${path}`, photoBody(), submission === undefined ? {} : { 'submission-key': submission });
    const file = async (who: PersonName, product: string) => {
      const submission = newSubmissionKey();
      const photo = await attach(who, `${FORM}/files?path=/photos`, submission);
      assert.equal(photo.status, 201, JSON.stringify(photo.body));
      const data = { ...REPAIR_REQUEST, product, photos: [photo.body] };
      const sent = await test.call(who, `POST ${FORM}`, { submission, data });
      assert.equal(sent.status, 201, JSON.stringify(sent.body));
      return { caseNumber: sent.body.caseNumber as string, photo: photo.body };
    };
    const taskOf = async (who: PersonName, caseNumber: string) => {
      for (const tab of ['mine', 'group']) {
        const { items } = (await test.call(who, `GET /api/tasks?tab=${tab}&search=${encodeURIComponent(caseNumber)}`))
          .body;
        if (items.length > 0) return items[0];
      }
      return undefined;
    };
    const handTo = async (caseNumber: string, serviceCentre: string): Promise<void> => {
      const { userTaskKey } = await taskOf('dispatcher', caseNumber);
      const data = { decision: 'accept', serviceCentre };
      assert.equal((await test.call('dispatcher', `POST /api/tasks/${userTaskKey}/complete`, { data })).status, 204);
    };
    const casesOf = async (who: PersonName) =>
      (await test.call(who, 'GET /api/portal/cases', undefined, { 'accept-language': 'ru' })).body.items;

    it('opens the requests that are open to contractors, and counts a request once', async () => {
      const starts = (await test.call('tula', 'GET /api/portal/starts', undefined, { 'accept-language': 'ru' })).body;
      assert.deepEqual(starts.items, [{ key: 'repair-request', title: 'Заявка на ремонт' }]);
      assert.equal((await test.call('tula', `GET ${FORM}`)).body.formId, 'repair-request');
      assert.equal((await test.call('dispatcher', `GET ${FORM}`)).status, 403, 'the portal is not for the house');
      const submission = newSubmissionKey();
      const send = () => test.call('tula', `POST ${FORM}`, { submission, data: REPAIR_REQUEST });
      const [first, second] = [await send(), await send()];
      assert.deepEqual([first.status, second.body], [201, first.body]);
      const foreign = await test.call('tula', `POST ${FORM}`, {
        submission: newSubmissionKey(),
        data: REPAIR_REQUEST,
        organisation: 'asc-moscow',
      });
      assert.equal(foreign.status, 400);
      const { items } = (await test.call('head', 'GET /api/cases?processId=repair-request')).body;
      assert.equal(items.length, 1);
      const variables = (await test.call('head', `GET /api/cases/${items[0].caseKey}/variables`)).body.items;
      const value = (wanted: string) => variables.find(({ name }: { name: string }) => name === wanted)?.value;
      assert.deepEqual([value('channel'), value('startedBy'), value('contractor')], ['portal', 'tula', 'asc-tula']);
    });

    it('takes a large file for a request in parts, of whoever sends them', async () => {
      const submission = newSubmissionKey();
      const photo = photoBytes(100_000);
      for (const [offset, end] of [
        [0, 60_000],
        [60_000, 100_000],
      ] as const) {
        const type = { 'content-type': 'application/octet-stream' };
        const path = `/api/uploads/photo-0000000001?offset=${offset}`;
        assert.equal((await test.call('tula', `PATCH ${path}`, photo.subarray(offset, end), type)).status, 200);
      }
      const take = (who: PersonName) =>
        test.call(
          who,
          `POST ${FORM}/uploads?path=/photos`,
          { uploadKey: 'photo-0000000001', name: 'насос.png', mimeType: 'image/png' },
          { 'submission-key': submission },
        );
      assert.equal((await take('tula2')).status, 404, 'of a colleague neither');
      const taken = await take('tula');
      assert.deepEqual([taken.status, taken.body.size], [201, photo.length]);
      const data = { ...REPAIR_REQUEST, photos: [taken.body] };
      assert.equal((await test.call('tula', `POST ${FORM}`, { submission, data })).status, 201);
    });

    it('shows an organisation its own cases, tasks and files, in words for people outside, and no other any of them', async () => {
      const { caseNumber, photo } = await file('tula', 'Насос НЦ-4');
      const [own] = (await casesOf('tula2')).filter((one: { caseNumber: string }) => one.caseNumber === caseNumber);
      assert.equal(own.words, 'Заявка принята, рассматриваем', 'a colleague sees it too');
      assert.deepEqual(await casesOf('moscow'), []);
      const detail = await test.call('tula2', `GET /api/portal/cases/${own.caseKey}`);
      assert.deepEqual(
        detail.body.files.map(({ fileKey }: { fileKey: string }) => fileKey),
        [photo.fileKey],
      );
      assert.equal((await test.call('moscow', `GET /api/portal/cases/${own.caseKey}`)).status, 404);
      const fileOf = async (who: PersonName) => (await test.call(who, `GET /api/files/${photo.fileKey}`)).status;
      assert.deepEqual([await fileOf('tula'), await fileOf('tula2'), await fileOf('moscow')], [200, 200, 404]);

      await handTo(caseNumber, 'asc-moscow');
      const task = await taskOf('moscow', caseNumber);
      assert.ok(task, 'the organisation it was handed to has the task');
      assert.equal(await taskOf('tula', caseNumber), undefined, 'the one that filed it has not');
      const path = `/api/tasks/${task.userTaskKey}`;
      const who: PersonName = 'tula';
      for (const [request, body] of [
        [`GET ${path}`, undefined],
        [`PUT ${path}/assignee`, { username: 'tula' }],
        [`PUT ${path}/draft`, { data: {} }],
        [`POST ${path}/complete`, { data: {} }],
      ] as const)
        assert.equal((await test.call(who, request, body)).status, 404, request);
      assert.equal((await attach(who, `${path}/files?path=/photosAfter`)).status, 404);

      assert.equal(await fileOf('moscow'), 200, 'now a field of their task shows it');
      assert.equal((await test.call('moscow', `PUT ${path}/assignee`, { username: 'moscow' })).status, 200);
      const after = await attach('moscow', `${path}/files?path=/photosAfter`);
      assert.equal(after.status, 201, JSON.stringify(after.body));
      const data = {
        workDone: 'Заменён подшипник, проверен под нагрузкой.',
        finishedOn: '2026-11-16',
        photosAfter: [after.body],
      };
      const done = await test.call('moscow', `POST ${path}/complete`, { data });
      assert.equal(done.status, 204, JSON.stringify(done.body));
      assert.equal((await test.call('tula', `GET /api/files/${after.body.fileKey}`)).status, 404, "another's photo");
      assert.equal((await test.call('moscow', `GET /api/files/${after.body.fileKey}`)).status, 200);
      await test.settle();
      const words = async (person: PersonName) =>
        (await casesOf(person)).find((one: { caseNumber: string }) => one.caseNumber === caseNumber)?.words;
      assert.deepEqual([await words('tula'), await words('moscow')], ['Ремонт выполнен', 'Ремонт выполнен']);
    });

    it('gives an organisation the documents that the process has written for it, and neither the other nor letters or notes of the house', async () => {
      await test.app.deployments.deploy({ resources: PAPERS, by: null });
      const { caseNumber, photo } = await file('tula', 'Насос НЦ-5');
      await handTo(caseNumber, 'asc-moscow');
      const { userTaskKey } = await taskOf('moscow', caseNumber);
      await test.call('moscow', `PUT /api/tasks/${userTaskKey}/assignee`, { username: 'moscow' });
      const after = await attach('moscow', `/api/tasks/${userTaskKey}/files?path=/photosAfter`);
      const data = { workDone: 'Заменено уплотнение.', finishedOn: '2026-11-16', photosAfter: [after.body] };
      assert.equal((await test.call('moscow', `POST /api/tasks/${userTaskKey}/complete`, { data })).status, 204);
      await test.settle();

      const caseOf = async (who: PersonName, number: string | null) => {
        const { caseKey } = (await casesOf(who)).find((one: { caseNumber: string }) => one.caseNumber === number);
        return (await test.call(who, `GET /api/portal/cases/${caseKey}`)).body;
      };
      const moscow = await caseOf('moscow', caseNumber);
      assert.deepEqual(
        moscow.documents.map(({ title }: { title: string }) => title),
        ['Акт выполненных работ'],
      );
      const keysOf = (files: readonly { readonly fileKey: string }[]) => files.map(({ fileKey }) => fileKey);
      assert.deepEqual(keysOf(moscow.files), [after.body.fileKey]);
      assert.deepEqual(keysOf(moscow.received), [photo.fileKey], 'the field of their task showed it');
      assert.ok(!JSON.stringify(moscow).includes('tula'), 'who else is in the case is not told');
      const tula = await caseOf('tula', caseNumber);
      assert.deepEqual([tula.documents, keysOf(tula.received)], [[], []], 'the act is not for whoever filed');
      assert.deepEqual(keysOf(tula.files), [photo.fileKey]);

      const [act] = moscow.documents;
      for (const url of [act.pdfUrl, act.htmlUrl]) {
        const open = async (who: PersonName) => (await test.call(who, `GET ${url}`)).status;
        assert.deepEqual([await open('moscow'), await open('tula'), await open('dispatcher')], [200, 404, 200], url);
      }
      const pdf = await test.call('moscow', `GET ${act.pdfUrl}`);
      assert.equal(createHash('sha256').update(pdf.body).digest('hex'), act.sha256);
      const html = (await test.call('moscow', `GET ${act.htmlUrl}`)).body.toString();
      assert.match(html, /Исполнитель: <b>АСЦ Москва/);

      // A note of the house and a paper for Tula in one case: nobody of Tula has had a task in it.
      await test.call('analyst', 'POST /v2/process-instances', {
        processDefinitionId: 'papers',
        variables: { forWhom: 'asc-tula' },
      });
      await test.settle();
      const { items } = (await test.call('head', 'GET /api/cases?processId=papers')).body;
      const [{ name: tulaName }] = (await test.call('tula', 'GET /api/groups')).body.items;
      const house = (await test.call('head', `GET /api/cases/${items[0].caseKey}/documents`)).body.items;
      assert.deepEqual(
        house.map(({ title, shownTo }: { title: string; shownTo: string[] }) => [title, shownTo]),
        [
          ['Записка', []],
          ['Ответ подрядчику', [tulaName]],
        ],
      );
      const papers = (await test.call('tula2', `GET /api/portal/cases/${items[0].caseKey}`)).body;
      assert.deepEqual(
        papers.documents.map(({ title }: { title: string }) => title),
        ['Ответ подрядчику'],
      );
      for (const address of [house[0].pdfUrl, house[0].htmlUrl, `/api/portal/cases/${items[0].caseKey}`])
        assert.equal((await test.call('moscow', `GET ${address}`)).status, 404, address);
      assert.equal((await test.call('tula', `GET ${house[0].pdfUrl}`)).status, 404, 'a note is not theirs');
    });

    it('shows no letter, and nothing that was attached to one, to an organisation that has a part in the case', async () => {
      const { caseKey } = (await test.mail('claim-shortage.eml')).body;
      await test.settle();
      const party = { bucket: bucketOf(Number(caseKey)), case_key: Number(caseKey), organisation: 'asc-tula' };
      await inTransaction(test.database, (tx) => noteParties(tx, [{ ...party, since: test.now() }]));
      const { documents, received, files } = (await test.call('tula', `GET /api/portal/cases/${caseKey}`)).body;
      assert.deepEqual([documents, received, files], [[], [], []]);
      const attached = (await test.call('head', `GET /api/cases/${caseKey}/files`)).body.items;
      assert.ok(attached.length > 0);
      for (const { url } of attached) assert.equal((await test.call('tula', `GET ${url}`)).status, 404, url);
      assert.equal((await test.call('tula', `GET /api/cases/${caseKey}/mails`)).status, 403);
    });

    it('shows whoever has done a task nothing that came into its field afterwards', async () => {
      await test.app.deployments.deploy({ resources: [{ name: 'twice.bpmn', content: TWICE }], by: null });
      await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'twice' });
      const photos: string[] = [];
      const tasks: string[] = [];
      for (const who of ['tula', 'moscow'] as const) {
        const task = (await test.call(who, 'GET /api/tasks?tab=group')).body.items.find(
          ({ processId }: { processId: string }) => processId === 'twice',
        );
        const path = `/api/tasks/${task.userTaskKey}`;
        await test.call(who, `PUT ${path}/assignee`, { username: who });
        const photo = (await attach(who, `${path}/files?path=/photosAfter`)).body;
        const data = { workDone: `Сделано как надо (${who}).`, finishedOn: '2026-11-16', photosAfter: [photo] };
        assert.equal((await test.call(who, `POST ${path}/complete`, { data })).status, 204);
        photos.push(photo.fileKey);
        tasks.push(path);
        test.advance(1_000);
      }
      const seen = async (who: PersonName, path: string) => JSON.stringify((await test.call(who, `GET ${path}`)).body);
      assert.doesNotMatch(await seen('tula', tasks[0]!), /moscow|Сделано/, 'nor what another wrote over its own');
      assert.match(await seen('moscow', tasks[1]!), /Сделано как надо \(moscow\)/);
      const statuses = async (who: PersonName) => [
        (await test.call(who, `GET /api/files/${photos[0]}`)).status,
        (await test.call(who, `GET /api/files/${photos[1]}`)).status,
      ];
      assert.deepEqual(
        [await statuses('tula'), await statuses('moscow')],
        [
          [200, 404],
          [404, 200],
        ],
      );
    });

    it('stops a document for an organisation that is not there, before it takes a number', async () => {
      await test.call('analyst', 'POST /v2/process-instances', {
        processDefinitionId: 'papers',
        variables: { forWhom: 'asc-tmbov' },
      });
      await test.settle();
      const filter = { processDefinitionId: 'papers' };
      const { items } = (await test.call('analyst', 'POST /v2/incidents/search', { filter })).body;
      assert.match(items[0].errorMessage, /no group "asc-tmbov"/);
    });

    it('lets one of two organisations take what was offered to both, and the other learns nothing of it', async () => {
      await test.app.deployments.deploy({ resources: [{ name: 'offer.bpmn', content: OFFER }], by: null });
      const start = await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'offer' });
      assert.equal(start.status, 200, JSON.stringify(start.body));
      const offered = async (who: PersonName) =>
        (await test.call(who, 'GET /api/tasks?tab=group')).body.items.filter(
          ({ processId }: { processId: string }) => processId === 'offer',
        );
      const [seen] = await offered('moscow');
      assert.deepEqual([seen.candidateGroups, seen.candidateGroupNames.length], [['asc-moscow'], 1], 'not who else');
      assert.equal((await offered('tula')).length, 1);
      const path = `/api/tasks/${seen.userTaskKey}`;
      const give = async (username: string) =>
        (await test.call('tula', `PUT ${path}/assignee`, { username })).body.detail;
      assert.equal(
        (await give('dispatcher')).replace('dispatcher', '…'),
        (await give('nobody')).replace('nobody', '…'),
        'who works in the house is not told',
      );
      assert.equal((await test.call('tula', `PUT ${path}/assignee`, { username: 'tula' })).status, 200);
      assert.equal((await offered('tula2')).length, 1, 'a colleague sees who has it');
      assert.deepEqual(await offered('moscow'), []);
      const counts = (await test.call('moscow', 'GET /api/tasks?tab=group')).body.counts;
      assert.equal(counts.group, (await test.call('moscow', 'GET /api/tasks?tab=group')).body.items.length);
      assert.equal((await test.call('moscow', `GET ${path}`)).status, 404);
      assert.equal((await test.call('tula', `POST ${path}/complete`, { data: {} })).status, 204);
      assert.equal((await test.call('moscow', `GET ${path}`)).status, 404, 'nor when it is done');
      assert.equal((await test.call('tula2', `GET ${path}`)).status, 200);
    });

    it('names nobody of the house and no other organisation, and opens no register that does not name contractors', async () => {
      const people = (await test.call('tula', 'GET /api/people')).body.items;
      assert.deepEqual(people.map(({ username }: { username: string }) => username).sort(), ['tula', 'tula2']);
      assert.deepEqual((await test.call('tula', 'GET /api/people?group=dispatchers')).body.items, []);
      const groups = (await test.call('tula', 'GET /api/groups')).body.items;
      assert.deepEqual(
        groups.map(({ groupId }: { groupId: string }) => groupId),
        ['asc-tula'],
      );
      const suggestions = async (register: string) =>
        (await test.call('tula', `POST /api/registers/${register}/suggestions`, {})).status;
      assert.deepEqual([await suggestions('products'), await suggestions('service-centres')], [200, 404]);
    });

    it('is all that there is for them: every other route is closed, whatever roles or groups come on top', async () => {
      await test.app.users.addUser({
        username: 'both',
        name: 'Двойной Д.',
        password: 'correct horse battery',
        groups: ['asc-tula'],
        roles: ['contractor', 'administrator'],
      });
      const as = { authorization: `Basic ${Buffer.from('both:correct horse battery').toString('base64')}` };
      const session = (await test.call(null, 'GET /api/session', undefined, as)).body;
      assert.deepEqual([...session.permissions].sort(), ['portal', 'tasks']);
      const { paths } = (await test.call(null, 'GET /openapi.json')).body as {
        paths: Record<string, Record<string, { readonly security?: readonly unknown[] }>>;
      };
      const declared = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      for (const open of OPEN) assert.ok(declared.includes(open), open);
      for (const route of declared) {
        const [method, path = ''] = route.split(' ');
        const nobody = await test.call(null, `${method} ${path.replace(/\{\w+\}/g, '1')}`);
        if (nobody.status !== 401 || OPEN.includes(route)) continue;
        const answer = await test.call(null, `${method} ${path.replace(/\{\w+\}/g, '1')}`, undefined, as);
        assert.equal(answer.status, 403, route);
      }
    });
  });
});

const OFFER = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <process id="offer" name="Предложение" isExecutable="true">
    <startEvent id="s" /><sequenceFlow id="a" sourceRef="s" targetRef="take" />
    <userTask id="take" name="Взять заказ"><extensionElements><zeebe:userTask />
      <zeebe:assignmentDefinition candidateGroups="asc-moscow,asc-tula" /></extensionElements></userTask>
    <sequenceFlow id="b" sourceRef="take" targetRef="e" /><endEvent id="e" />
  </process>
</definitions>`;

const TWICE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <process id="twice" name="Два отчёта" isExecutable="true">
    <startEvent id="s" /><sequenceFlow id="a" sourceRef="s" targetRef="first" />
    ${['first', 'second']
      .map(
        (id, at) => `<userTask id="${id}" name="Отчитаться"><extensionElements><zeebe:userTask />
      <zeebe:formDefinition formId="repair-report" />
      <zeebe:assignmentDefinition candidateGroups="${['asc-tula', 'asc-moscow'][at]}" /></extensionElements></userTask>`,
      )
      .join('')}
    <sequenceFlow id="b" sourceRef="first" targetRef="second" /><sequenceFlow id="c" sourceRef="second" targetRef="e" /><endEvent id="e" />
  </process>
</definitions>`;

const paper = (
  id: string,
  title: string,
  shownTo: string,
): string => `<serviceTask id="${id}" name="${title}"><extensionElements>
      <zeebe:taskDefinition type="reglament:document" />${shownTo}
      <zeebe:taskHeaders><zeebe:header key="template" value="papers/paper" /><zeebe:header key="title" value="${title}" />
        <zeebe:header key="numberSeries" value="П" /></zeebe:taskHeaders></extensionElements></serviceTask>`;
/** A note for the house, then an answer for one organisation. */
const PAPERS = [
  { name: 'papers/paper.hbs', content: '<p>{{document.number}}</p>' },
  {
    name: 'papers.bpmn',
    content: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <process id="papers" name="Бумаги" isExecutable="true">
    <startEvent id="s" /><sequenceFlow id="a" sourceRef="s" targetRef="note" />
    ${paper('note', 'Записка', '')}<sequenceFlow id="b" sourceRef="note" targetRef="answer" />
    ${paper('answer', 'Ответ подрядчику', '<zeebe:ioMapping><zeebe:input source="=[forWhom]" target="shownTo" /></zeebe:ioMapping>')}
    <sequenceFlow id="c" sourceRef="answer" targetRef="e" /><endEvent id="e" />
  </process>
</definitions>`,
  },
];
