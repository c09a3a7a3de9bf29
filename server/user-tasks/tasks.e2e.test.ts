import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';
import { bucketOf } from '#engine';
import { queryRows, readerOf } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { startApp, type Answer, type PersonName, type TestApp } from '../http/test/start-app.ts';
import { PASSWORD } from '../http/test/serve-routes.ts';
import { forEachDialect } from '../test/dialects.ts';
import { until } from '../test/until.ts';

const HOUR = 60 * 60_000;
const CLASSIFIED = {
  channel: 'mail',
  clientKind: 'b2b',
  clientName: 'Строймир',
  email: 'snab@stroymir.example',
  topic: 'shortage',
  demand: 'refund',
  isClaim: true,
  priority: 'normal',
  assignee: 'dispatcher',
};
/** The smallest PNG there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

forEachDialect((dialect) => {
  describe('user tasks', () => {
    let test: TestApp;
    let mails = 0;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
    });
    after(() => test.close());

    const call = (
      who: PersonName,
      request: string,
      body?: unknown,
      headers?: Record<string, string>,
    ): Promise<Answer> => test.call(who, request, body, headers);
    const tasks = async (who: PersonName, query: string) => (await call(who, `GET /api/tasks?${query}`)).body;
    /** A mail that becomes a case; its rows lie in the bucket of its Message-ID. */
    const send = async (subject: string, bucket?: number): Promise<string> => {
      do mails += 1;
      while (bucket !== undefined && bucketForText(`<t${mails}@x.example>`) !== bucket);
      const raw = Buffer.from(
        `From: snab@stroymir.example\r\nTo: reklama@tehnika.example\r\nMessage-ID: <t${mails}@x.example>\r\n` +
          `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nТекст\r\n`,
      );
      const { body } = await call('dispatcher', 'POST /api/intake/mail', raw, { 'content-type': 'message/rfc822' });
      await test.settle();
      return body.caseKey as string;
    };
    /** The open task of a case, as the analyst sees it. */
    const taskOf = async (caseKey: string) =>
      (await tasks('analyst', 'tab=all&limit=200')).items.find((task: { caseKey: string }) => task.caseKey === caseKey);
    const upload = (
      who: PersonName,
      key: string,
      field: string,
      bytes: Uint8Array,
      name: string,
      type = 'image/png',
      headers?: Record<string, string>,
    ) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
      return call(who, `POST /api/tasks/${key}/files?path=/${field}`, form, headers);
    };

    it('shows a task to its group, to nobody else, and to those with the right to all', async () => {
      const caseKey = await send('Видимость');
      const { userTaskKey: key } = await taskOf(caseKey);
      const seenBy = async (who: PersonName, tab: string) =>
        (await tasks(who, `tab=${tab}`)).items.some((task: { userTaskKey: string }) => task.userTaskKey === key);
      assert.deepEqual([await seenBy('dispatcher', 'group'), await seenBy('dispatcher', 'mine')], [true, false]);
      assert.deepEqual(
        [await seenBy('warehouse', 'group'), await seenBy('head', 'group'), await seenBy('head', 'all')],
        [false, false, true],
      );
      assert.equal((await call('dispatcher', 'GET /api/tasks?tab=all')).status, 403);
      assert.equal((await call('warehouse', `GET /api/tasks/${key}`)).status, 404);
      const head = (await call('head', `GET /api/tasks/${key}`)).body;
      assert.equal(head.canWork, false);
      assert.equal((await call('head', `POST /api/tasks/${key}/complete`, { data: CLASSIFIED })).status, 403);
      assert.equal((await call('warehouse', `POST /api/tasks/${key}/complete`, { data: CLASSIFIED })).status, 404);
    });

    it('is taken, held against colleagues, handed back and given away', async () => {
      const { userTaskKey: key } = await taskOf(await send('Взять в работу'));
      const assign = (who: PersonName, username: string | null) =>
        call(who, `PUT /api/tasks/${key}/assignee`, { username });
      const taken = await assign('dispatcher', 'dispatcher');
      assert.deepEqual(
        [taken.status, taken.body.assignee, taken.body.assigneeName],
        [200, 'dispatcher', 'Анна Орлова'],
      );
      assert.deepEqual(
        [(await assign('dispatcher2', 'dispatcher2')).status, (await assign('dispatcher2', null)).status],
        [409, 409],
      );
      assert.equal((await call('dispatcher2', `POST /api/tasks/${key}/complete`, { data: CLASSIFIED })).status, 403);
      assert.equal((await assign('dispatcher', 'warehouse')).status, 403, 'not to somebody it is not offered to');
      assert.equal((await assign('dispatcher', 'dispatcher2')).body.assignee, 'dispatcher2');
      assert.equal((await assign('dispatcher2', null)).body.assignee, null);
      assert.equal((await assign('head', 'warehouse')).body.assignee, 'warehouse', 'the head may give it to anybody');
      assert.equal((await call('warehouse', `GET /api/tasks/${key}`)).body.canWork, true);
      assert.equal((await assign('head', 'nobody')).status, 400);
    });

    it('finds by case number, title and task name without regard to case, Cyrillic included', async () => {
      const caseKey = await send('Ёлочная ГИРЛЯНДА 100% брак_');
      const found = async (search: string) =>
        (await tasks('dispatcher', `tab=group&limit=200&search=${encodeURIComponent(search)}`)).items.map(
          (task: { caseKey: string }) => task.caseKey,
        );
      for (const search of ['ёлочная гирлянда', 'ГИРЛЯНДА', '100% БРАК_'])
        assert.deepEqual(await found(search), [caseKey], search);
      assert.ok((await found('классифицировать')).includes(caseKey));
      assert.deepEqual([await found('100%брак'), await found('_____________')], [[], []], 'wildcards are plain text');
      const [{ caseNumber }] = (await tasks('dispatcher', `tab=group&search=${encodeURIComponent('гирлянда')}`)).items;
      assert.deepEqual(await found(caseNumber.toLowerCase()), [caseKey]);
    });

    it('pages by deadline without loss or repeat, and refuses a cursor of its own making', async () => {
      const all = (await tasks('analyst', 'tab=all&limit=200')).items.map(
        (task: { userTaskKey: string }) => task.userTaskKey,
      );
      const paged: string[] = [];
      for (let cursor = ''; ;) {
        const page = await tasks('analyst', `tab=all&limit=2${cursor && `&cursor=${cursor}`}`);
        paged.push(...page.items.map((task: { userTaskKey: string }) => task.userTaskKey));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      assert.deepEqual(paged, all);
      assert.equal((await call('analyst', 'GET /api/tasks?tab=all&cursor=abc')).status, 400);
    });

    it('colours the deadline in working time and counts what is overdue', async () => {
      const caseKey = await send('Срок');
      const light = async () => (await taskOf(caseKey)).deadline;
      assert.deepEqual([(await light()).light, (await light()).leftMinutes], ['green', 120]);
      test.advance(1.6 * HOUR);
      assert.deepEqual([(await light()).light, (await light()).leftMinutes], ['amber', 24]);
      test.advance(1 * HOUR);
      assert.deepEqual([(await light()).light, (await light()).leftMinutes], ['red', -36]);
      const page = await tasks('dispatcher', 'tab=group&deadline=overdue');
      assert.ok(
        page.counts.overdue >= 1 &&
          page.items.every((task: { deadline: { light: string } }) => task.deadline.light === 'red'),
      );
    });

    it('keeps a draft for its author alone', async () => {
      const { userTaskKey: key } = await taskOf(await send('Черновик'));
      const data = { topic: 'defect', comment: 'позвонить', hacked: 'x', module: 'parts' };
      assert.equal((await call('dispatcher', `PUT /api/tasks/${key}/draft`, { data })).status, 200);
      const mine = (await call('dispatcher', `GET /api/tasks/${key}`)).body.draft;
      assert.deepEqual(mine.data, { topic: 'defect', comment: 'позвонить' });
      assert.equal((await call('dispatcher2', `GET /api/tasks/${key}`)).body.draft, null);
      assert.equal((await call('head', `PUT /api/tasks/${key}/draft`, { data })).status, 403);
    });

    it('lets no unknown, wrong or missing value in, and tells each in words', async () => {
      const { userTaskKey: key, caseKey } = await taskOf(await send('Подделка'));
      const wrong = await call('dispatcher', `POST /api/tasks/${key}/complete`, {
        data: { ...CLASSIFIED, topic: 'hack', email: 'x', assignee: 'ghost' },
      });
      assert.equal(wrong.status, 422);
      assert.deepEqual(wrong.body.errors.map((error: { path: string }) => error.path).sort(), ['/email', '/topic']);
      const ghost = await call('dispatcher', `POST /api/tasks/${key}/complete`, {
        data: { ...CLASSIFIED, assignee: 'ghost' },
      });
      assert.deepEqual([ghost.status, ghost.body.errors[0].path], [422, '/assignee']);
      const english = await call(
        'dispatcher',
        `POST /api/tasks/${key}/complete`,
        { data: {} },
        { 'accept-language': 'en' },
      );
      assert.match(english.body.errors[0].message, /[a-z]{3}/);
      const done = await call('dispatcher', `POST /api/tasks/${key}/complete`, {
        data: { ...CLASSIFIED, caseNumber: 'X', module: 'parts', isAdmin: true },
      });
      assert.equal(done.status, 204);
      const variables = (await call('analyst', `GET /api/cases/${caseKey}/variables`)).body.items;
      const value = (name: string) => variables.find((one: { name: string }) => one.name === name)?.value;
      assert.deepEqual([value('topic'), value('module'), value('isAdmin')], ['shortage', 'claims', undefined]);
      assert.match(value('caseNumber'), /^ОБР-/);
    });

    it('completes once for a repeated request and answers 409 to anybody later', async () => {
      const { userTaskKey: key } = await taskOf(await send('Повтор'));
      const complete = (who: PersonName, headers = {}) =>
        call(who, `POST /api/tasks/${key}/complete`, { data: CLASSIFIED }, headers);
      const once = { 'idempotency-key': 'once' };
      const both = await Promise.all([complete('dispatcher', once), complete('dispatcher', once)]);
      assert.deepEqual(
        both.map(({ status }) => status),
        [204, 204],
      );
      assert.equal((await complete('dispatcher', once)).status, 204);
      const late = await complete('dispatcher2');
      assert.deepEqual([late.status, late.body.code], [409, 'task-not-active']);
      assert.match(late.body.detail, /Анна Орлова/);
      assert.equal((await call('dispatcher', `PUT /api/tasks/${key}/draft`, { data: {} })).status, 409);
      assert.equal((await call('dispatcher', `GET /api/tasks/${key}`)).body.canWork, false);
    });

    it('takes files for the fields of the form, and only those of this task into the case', async () => {
      const caseKey = await send('Файлы');
      const { userTaskKey: first } = await taskOf(caseKey);
      assert.equal((await upload('dispatcher', first, 'topic', PNG, 'a.png')).status, 400, 'not a file field');
      assert.equal((await call('dispatcher', `POST /api/tasks/${first}/complete`, { data: CLASSIFIED })).status, 204);
      await test.settle();
      const { userTaskKey: key } = await taskOf(caseKey);
      const photo = (await upload('dispatcher', key, 'photoProduct', PNG, 'шильдик.png')).body;
      assert.deepEqual([photo.name, photo.mimeType, photo.size], ['шильдик.png', 'image/png', PNG.length]);
      const [sent, sentAgain] = [
        await upload('dispatcher', key, 'photoProduct', PNG, 'повтор.png', 'image/png', { 'idempotency-key': 'p-1' }),
        await upload('dispatcher', key, 'photoProduct', PNG, 'повтор.png', 'image/png', { 'idempotency-key': 'p-1' }),
      ];
      assert.equal(sent.status, 201);
      assert.deepEqual(sentAgain.body, sent.body, 'sent again after a lost answer, a file is stored once');
      assert.equal(
        (await upload('dispatcher', key, 'photoProduct', PNG, 'a.jpg', 'image/jpeg')).status,
        422,
        'mislabelled',
      );
      assert.equal(
        (await upload('dispatcher', key, 'photoProduct', Buffer.from('<svg/>'), 'a.svg', 'image/svg+xml')).status,
        415,
      );
      assert.equal(
        (await upload('dispatcher', key, 'photoProduct', Buffer.from('%PDF-1.7 '), 'a.pdf', 'application/pdf')).status,
        415,
      );
      assert.equal((await upload('warehouse', key, 'photoProduct', PNG, 'a.png')).status, 404);
      assert.equal(
        (
          await call('dispatcher', `POST /api/tasks/${key}/files?path=/photoProduct`, Buffer.from('x'), {
            'content-type': 'multipart/form-data',
          })
        ).status,
        400,
      );

      const files = async () =>
        (await call('analyst', `GET /api/cases/${caseKey}/files`)).body.items.map(
          (file: { name: string }) => file.name,
        );
      assert.deepEqual(await files(), [], 'an upload counts only once a completed form refers to it');
      assert.equal(
        (await call('dispatcher2', `GET /api/files/${photo.fileKey}`)).status,
        404,
        "a colleague's unfinished upload",
      );

      const checked = {
        transitDamage: false,
        defectSuspected: false,
        complete: true,
        email: 'a@b.example',
        purchaseDate: '2026-11-01',
        invoiceNo: '1',
        qtyOrdered: 10,
        qtyReceived: 8,
      };
      const other = await taskOf(await send('Чужое', bucketOf(Number(caseKey))));
      await call('dispatcher', `POST /api/tasks/${other.userTaskKey}/complete`, { data: CLASSIFIED });
      await test.settle();
      const foreignTask = await taskOf(other.caseKey);
      const foreign = (await upload('dispatcher', foreignTask.userTaskKey, 'photoProduct', PNG, 'чужое.png')).body;
      for (const bad of [
        foreign,
        { ...photo, name: 'other.png' },
        { ...photo, sha256: '0'.repeat(64) },
        { ...photo, fileKey: '1' },
      ]) {
        const refused = await call('dispatcher', `POST /api/tasks/${key}/complete`, {
          data: { ...checked, photoProduct: [bad] },
        });
        assert.deepEqual([refused.status, refused.body.errors?.[0]?.path], [422, '/photoProduct']);
      }
      const done = await call('dispatcher', `POST /api/tasks/${key}/complete`, {
        data: { ...checked, photoProduct: [photo] },
      });
      assert.deepEqual([done.status, done.body.errors], [204, undefined]);
      assert.deepEqual(await files(), ['шильдик.png']);
      const download = await call('dispatcher2', `GET /api/files/${photo.fileKey}`);
      assert.deepEqual([download.status, download.body.equals(PNG)], [200, true]);
      assert.match(download.headers.get('content-disposition')!, /^attachment; .*filename\*=UTF-8''%D1%88/);
      assert.equal(download.headers.get('x-content-type-options'), 'nosniff');
    });

    it('takes a large file in parts, which go on where the connection broke', async () => {
      const caseKey = await send('Видео');
      const { userTaskKey: first } = await taskOf(caseKey);
      await call('dispatcher', `POST /api/tasks/${first}/complete`, { data: CLASSIFIED });
      await test.settle();
      const { userTaskKey: key } = await taskOf(caseKey);
      const photo = Buffer.concat([PNG, Buffer.alloc(3_000_000, 7)]);
      const part = (offset: number, end: number) =>
        call('dispatcher', `PATCH /api/uploads/${UPLOAD}?offset=${offset}`, photo.subarray(offset, end), {
          'content-type': 'application/octet-stream',
        });
      const take = () =>
        call(
          'dispatcher',
          `POST /api/tasks/${key}/uploads?path=/photoProduct`,
          { uploadKey: UPLOAD, name: 'шильдик.png', mimeType: 'image/png' },
          { 'idempotency-key': UPLOAD },
        );
      assert.equal((await take()).status, 404);
      assert.deepEqual((await part(0, 1_000_000)).body, { received: 1_000_000 });
      const received = async (who: PersonName): Promise<number> =>
        (await call(who, `GET /api/uploads/${UPLOAD}`)).body.received;
      const broken = begin(`${test.url}/api/uploads/${UPLOAD}?offset=1000000`, photo.subarray(1_000_000), 400_000);
      await until('the part has begun', async () => (await received('dispatcher')) > 1_000_000);
      broken.destroy();
      assert.equal(await received('dispatcher2'), 0, 'nobody else knows of it');
      assert.equal((await part(0, 10)).body.code, 'conflict');
      // The server hears of the broken connection a moment later.
      await until(
        'it takes the rest',
        async () => (await part(await received('dispatcher'), photo.length)).status === 200,
      );
      assert.equal(await received('dispatcher'), photo.length);
      const [taken, again] = [await take(), await take()];
      assert.deepEqual([taken.status, again.body], [201, taken.body], 'after a lost answer it is the same file');
      assert.equal(taken.body.sha256, createHash('sha256').update(photo).digest('hex'));
      assert.equal((await call('dispatcher', `DELETE /api/uploads/${UPLOAD}`)).status, 204);
      assert.equal(await received('dispatcher'), 0);
    });

    it('sweeps uploads that nothing came to refer to, with their bytes, and no others', async () => {
      const rows = async () =>
        (await queryRows(readerOf(test.database), 'SELECT 1 AS one FROM stored_file WHERE referenced_at IS NULL'))
          .length;
      assert.ok((await rows()) > 0);
      assert.equal(await test.app.files.sweep(), 0);
      test.advance(8 * 24 * HOUR);
      assert.ok((await test.app.files.sweep()) > 0);
      assert.equal(await rows(), 0);
      const [kept] = await queryRows<{ file_key: number }>(
        readerOf(test.database),
        `SELECT file_key FROM stored_file WHERE name = 'шильдик.png'`,
      );
      assert.equal(
        (await call('head', `GET /api/files/${kept!.file_key}`)).status,
        200,
        'the same bytes are still referred to',
      );
    });

    it('serves the validator as an immutable module that fits the CSP', async () => {
      const { userTaskKey } = await taskOf(await send('Проверка'));
      const { form } = (await call('dispatcher', `GET /api/tasks/${userTaskKey}`)).body;
      const module = await call('dispatcher', `GET ${form.validatorUrl}`);
      assert.deepEqual([module.status, module.headers.get('content-type')], [200, 'text/javascript; charset=utf-8']);
      assert.match(module.headers.get('cache-control')!, /immutable/);
      const { validate } = (await import(`data:text/javascript;base64,${module.body.toString('base64')}`)) as {
        validate: (value: unknown) => boolean;
      };
      assert.deepEqual([validate({ topic: 'defect' }), validate({ topic: 'hack' })], [true, false]);
      assert.equal(
        (await call('dispatcher', `GET ${form.validatorUrl.replace(/[0-9a-f]{32}/, '0'.repeat(32))}`)).status,
        404,
      );
    });
  });
});

const UPLOAD = '0123456789abcdef0123456789abcdef';

/** A part of which only the first bytes come. */
function begin(url: string, bytes: Uint8Array, first: number): ClientRequest {
  const authorization = `Basic ${Buffer.from(`dispatcher:${PASSWORD}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/octet-stream', 'content-length': bytes.length };
  const sending = request(url, { method: 'PATCH', headers });
  sending.on('error', () => undefined);
  sending.write(bytes.subarray(0, first));
  return sending;
}
