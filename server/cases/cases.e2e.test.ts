import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp, type PersonName, type TestApp } from '../http/test/start-app.ts';
import { parseMail } from '../intake/mail/parse-mail.ts';
import { findScans, recordStatements } from '../runtime/test/find-scans.ts';
import { forEachDialect } from '../test/dialects.ts';

const HOUR = 60 * 60_000;

forEachDialect((dialect) => {
  describe('cases', () => {
    let test: TestApp;
    let caseKey: string;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      caseKey = (await test.mail('claim-shortage.eml')).body.caseKey;
      await test.settle();
    });
    after(() => test.close());

    const get = async (who: PersonName, path: string, headers = {}) =>
      (await test.call(who, `GET /api/cases/${caseKey}${path}`, undefined, headers)).body;
    const tasksOf = async (who: PersonName, tab: string) =>
      (await test.call(who, `GET /api/tasks?tab=${tab}`)).body.items;
    const complete = async (who: PersonName, data: Record<string, unknown>, tab = 'group'): Promise<void> => {
      const [task] = await tasksOf(who, tab);
      assert.ok(task, `${who} has a task`);
      const done = await test.call(who, `POST /api/tasks/${task.userTaskKey}/complete`, { data });
      assert.deepEqual([done.status, done.body.errors], [204, undefined], done.body.detail);
      await test.settle();
    };
    const photo = async () =>
      (await get('analyst', '/mails'))[`items`][0].attachments.map(
        ({ url: _url, ...reference }: { url: string }) => reference,
      );

    it('says why it does not go on: in words to people, as facts to programs', async () => {
      const [wait, ...others] = (await get('dispatcher', '/waits', { 'accept-language': 'ru' })).items;
      assert.deepEqual(others, []);
      assert.equal(wait.state, 'waiting');
      assert.match(wait.reasons.join(), /^Задачу может взять: /);
      assert.match(
        (await get('dispatcher', '/waits', { 'accept-language': 'en' })).items[0].reasons[0],
        /can be taken by/,
      );
      const explained = await test.call('dispatcher', `GET /api/process-instances/${caseKey}/explain`);
      assert.equal(explained.status, 200, JSON.stringify(explained.body));
      const place = explained.body.places.find(({ elementId }: { elementId: string }) => elementId === wait.elementId);
      assert.equal(place.waitsFor[0].kind, 'userTask');
      assert.match(place.waitsFor[0].userTaskKey, /^\d+$/);
      assert.match(place.since, /^\d{4}-\d\d-\d\dT/);
    });

    it('is read by its own rows alone, however many others lie beside it', async () => {
      // PostgreSQL counts rows, and reads tables as small as these as a whole.
      if (dialect.name === 'postgres') return;
      const statements = await recordStatements(test.database, async () => {
        for (const who of ['warehouse', 'dispatcher'] as const) await test.call(who, 'GET /api/cases');
        for (const part of ['', '/diagram', '/variables', '/files', '/story', '/waits']) await get('dispatcher', part);
      });
      assert.ok(statements.length > 15, `${statements.length} statements`);
      assert.deepEqual(await findScans(test.database, statements), []);
    });

    it('tells nobody who may not see the case', async () => {
      const { status } = await test.call('warehouse', `GET /api/process-instances/${caseKey}/explain`);
      assert.equal(status, 404);
    });

    it('goes from the mail through the warehouse to a numbered answer in the outbox', async () => {
      assert.equal((await tasksOf('warehouse', 'group')).length, 0);
      await complete('dispatcher', {
        channel: 'mail',
        clientKind: 'b2b',
        clientName: 'ООО «Строймир»',
        email: 'snab@stroymir.example',
        topic: 'shortage',
        demand: 'refund',
        isClaim: true,
        priority: 'normal',
        assignee: 'dispatcher',
        product: 'Дрель ДУ-750',
      });
      const [notice] = (await test.call('dispatcher', 'GET /api/notifications')).body.items;
      assert.match(notice.text, /ОБР-2026-000001/);
      test.advance(HOUR);
      await complete(
        'dispatcher',
        {
          photoProduct: await photo(),
          purchaseDate: '2026-11-10',
          invoiceNo: '77',
          qtyOrdered: 10,
          qtyReceived: 8,
          transitDamage: false,
          defectSuspected: false,
          complete: true,
          email: 'snab@stroymir.example',
        },
        'mine',
      );
      assert.deepEqual(
        [(await tasksOf('logistics', 'group')).length, (await tasksOf('production', 'group')).length],
        [0, 0],
      );
      test.advance(HOUR);
      await complete('warehouse', {
        reason: 'short_packed',
        qtyOrdered: 10,
        qtyReceived: 8,
        faultParty: 'warehouse',
        verdict: 'confirmed',
        verdictText: 'Склад подтвердил недовложение двух дрелей.',
      });
      await complete(
        'dispatcher',
        {
          execution: 'refund',
          amount: 998_000,
          executor: 'warehouse',
          executionDue: '2026-11-27',
          answerText: 'Вернём деньги за две дрели.\nПриносим извинения.',
        },
        'mine',
      );
      const detail = await get('analyst', '');
      assert.deepEqual((await get('analyst', '/waits')).items, [], 'a case that has ended waits for nothing');
      assert.deepEqual(
        [detail.case.state, detail.case.hasIncident],
        ['COMPLETED', false],
        JSON.stringify((await get('analyst', '/story')).items[0]),
      );
    });

    it('has the answer as a document whose bytes match its SHA-256', async () => {
      const [document, ...others] = (await get('dispatcher', '/documents')).items;
      assert.deepEqual(others, []);
      assert.equal(document.documentNumber, 'ОТВ-2026-000001');
      const pdf = await test.call('dispatcher', `GET ${document.pdfUrl}`);
      assert.equal(createHash('sha256').update(pdf.body).digest('hex'), document.sha256);
      assert.equal(pdf.body.subarray(0, 5).toString(), '%PDF-');
      assert.match(pdf.headers.get('content-disposition')!, /^attachment; /);
      const html = await test.call('dispatcher', `GET ${document.htmlUrl}`);
      assert.match(html.headers.get('content-security-policy')!, /sandbox/);
      assert.match(html.body.toString('utf8'), /ОТВ-2026-000001[\s\S]*ОБР-2026-000001/);
    });

    it('keeps the letters that went out, answering the client in the thread of the case', async () => {
      const sent = (await get('dispatcher', '/mails')).items.filter(
        (mail: { direction: string }) => mail.direction === 'out',
      );
      assert.ok(sent.length >= 2);
      const answer = sent.at(-1);
      assert.match(answer.subject, /^\[#ОБР-2026-000001\] /);
      assert.match(answer.attachments[0].name, /ОТВ-2026-000001\.pdf$/);
      const outbox = join(test.dataFolder, 'outbox');
      const files = await Promise.all(
        (await readdir(outbox)).map(async (name) => parseMail(await readFile(join(outbox, name)))),
      );
      const written = files.find((mail) => mail.attachments.length > 0)!;
      assert.equal(written.inReplyTo, '<20261116064057.4471@stroymir.example>');
      assert.equal(written.attachments[0]!.mimeType, 'application/pdf');
      // A client's answer to our letter finds the case by In-Reply-To alone.
      const raw = Buffer.from(
        `From: s@x.example\r\nTo: reklama@tehnika.example\r\nMessage-ID: <thanks@x.example>\r\nIn-Reply-To: ${written.messageId}\r\nSubject: thanks\r\n\r\nok\r\n`,
      );
      const reply = await test.call('dispatcher', 'POST /api/intake/mail', raw, { 'content-type': 'message/rfc822' });
      assert.deepEqual([reply.body.outcome, reply.body.caseKey], ['joined-case', caseKey]);
    });

    it('tells the story in sentences, in both languages, page by page', async () => {
      const { items } = await get('dispatcher', '/story?limit=200');
      const texts: string[] = items.map((entry: { text: string }) => entry.text);
      const has = (pattern: RegExp) =>
        assert.ok(
          texts.some((text) => pattern.test(text)),
          `${pattern} in\n${texts.join('\n')}`,
        );
      has(/^Письмо от Ковалёва Ирина, снабжение: «Недостача по ТТН/);
      has(/^Начато дело ОБР-2026-000001: «Приём и маршрутизация обращений»/);
      has(/^Решение «[^»]+»: по правилу \d/);
      has(/^Решение «Отделы разбора»: по правилу 1 — Недовоз: склад$/);
      has(/^Анна Орлова завершил\(а\) «Классифицировать обращение»/);
      has(/^Илья Беляев завершил\(а\)/);
      has(/^Документ «Ответ на рекламацию» № ОТВ-2026-000001/);
      has(/^Отправлено письмо: «\[#ОБР-2026-000001\]/);
      has(/^Дело завершено/);
      const instants = items.map((entry: { at: string }) => entry.at);
      assert.deepEqual(instants, [...instants].sort().reverse());
      const english = (await get('dispatcher', '/story?limit=200', { 'accept-language': 'en' })).items;
      assert.ok(english.some((entry: { text: string }) => /^Анна Орлова completed “/.test(entry.text)));
      const paged: string[] = [];
      for (let cursor = ''; ;) {
        const page = await get('dispatcher', `/story?limit=3${cursor && `&cursor=${cursor}`}`);
        paged.push(...page.items.map((entry: { id: string }) => entry.id));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      assert.deepEqual(
        paged,
        items.map((entry: { id: string }) => entry.id),
      );
    });

    it('shows stages, facts in the words of the forms, and who took part', async () => {
      const detail = await get('dispatcher', '');
      const stages = detail.stages.map((stage: { name: string; state: string; heldBy: string }) => [
        stage.name,
        stage.state,
        stage.heldBy,
      ]);
      assert.deepEqual(stages.slice(0, 3), [
        ['Классифицировать обращение', 'done', 'Анна Орлова'],
        ['Проверить комплект', 'done', 'Анна Орлова'],
        ['Разбор', 'done', 'Илья Беляев'],
      ]);
      const fact = (name: string) => detail.facts.find((one: { name: string }) => one.name === name);
      assert.deepEqual([fact('topic').label, fact('topic').text], ['Тема', 'Недовоз']);
      assert.equal(fact('purchaseDate').text, '10 нояб. 2026');
      assert.equal(fact('assignee').text, 'Анна Орлова');
      assert.deepEqual(
        detail.participants.map((one: { name: string }) => one.name),
        ['Анна Орлова', 'Илья Беляев'],
      );
    });

    it('draws every process of the tree with what was passed', async () => {
      const { diagrams } = await get('dispatcher', '/diagram');
      assert.deepEqual(
        diagrams.map((one: { processId: string }) => one.processId),
        ['claim-intake', 'claim'],
      );
      const [root, claim] = diagrams;
      assert.match(root.xml, /<bpmn:process id="claim-intake"/);
      assert.deepEqual(root.active, []);
      const checkSet = claim.completed.find((one: { elementId: string }) => one.elementId === 'CheckSet');
      assert.deepEqual([checkSet.count, checkSet.minutes], [1, 60]);
      assert.ok(claim.flowsTaken.includes('SetComplete_LegalDeadline') && !claim.flowsTaken.includes('Verdict_Refuse'));
    });

    it('is open to those who had a task in it or may see cases, and does not exist for others', async () => {
      const statuses = async (who: PersonName) => (await test.call(who, `GET /api/cases/${caseKey}`)).status;
      assert.deepEqual(
        [await statuses('warehouse'), await statuses('head'), await statuses('logistics')],
        [200, 200, 404],
      );
      const list = async (who: PersonName) => (await test.call(who, 'GET /api/cases')).body.items.length;
      assert.deepEqual([await list('warehouse'), await list('logistics'), await list('head')], [1, 0, 1]);
      const [document] = (await get('dispatcher', '/documents')).items;
      const [file] = (await get('dispatcher', '/files')).items;
      for (const path of [
        document.pdfUrl,
        document.htmlUrl,
        file.url,
        ...['story', 'variables', 'files', 'documents', 'mails', 'diagram'].map(
          (part) => `/api/cases/${caseKey}/${part}`,
        ),
      ]) {
        assert.deepEqual(
          [(await test.call('logistics', `GET ${path}`)).status, (await test.call('warehouse', `GET ${path}`)).status],
          [404, 200],
          path,
        );
      }
      for (const key of ['1', '9999999999999999999', String(Number(caseKey) + 1)])
        assert.equal((await test.call('head', `GET /api/cases/${key}`)).status, 404, key);
    });

    it('lists by state and finds by number and client', async () => {
      const found = async (query: string) => (await test.call('head', `GET /api/cases?${query}`)).body.items.length;
      assert.deepEqual(
        [await found('state=COMPLETED'), await found('state=ACTIVE'), await found('state=INCIDENT')],
        [1, 0, 0],
      );
      assert.deepEqual(
        [
          await found(`search=${encodeURIComponent('обр-2026-000001')}`),
          await found(`search=${encodeURIComponent('КОВАЛЁВА')}`),
          await found('search=zzz'),
        ],
        [1, 1, 0],
      );
      assert.deepEqual([await found('processId=claim-intake'), await found('processId=claim')], [1, 0]);
    });
  });
});
