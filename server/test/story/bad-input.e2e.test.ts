import assert from 'node:assert/strict';
import { drawPhoto } from '../../../designer/test/draw-photo.ts';
import { startApp, type Answer, type PersonName, type TestApp } from '../../http/test/start-app.ts';
import { bpmn, sequence, userTask } from '../../runtime/test/bpmn.ts';
import { forEachDialect } from '../dialects.ts';
import { countRows } from './count-rows.ts';

/** What a bad request is answered with; `says` is matched against the detail and the errors, which tell what to do. */
interface Expected {
  readonly status: number;
  readonly code?: string;
  readonly says: RegExp;
}

const GOOD = bpmn('good', sequence(userTask('A')));
const CLASSIFIED = {
  ...{ channel: 'mail', clientKind: 'b2b', clientName: 'ООО «Строймир»', email: 'client@stroymir.example' },
  ...{ topic: 'shortage', demand: 'refund', isClaim: true, assignee: 'dispatcher' },
};
const NOBODY = '4503599627370497';

forEachDialect((dialect) => {
  describe('bad input', () => {
    let test: TestApp;
    let task: string;
    let ended: string;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      for (const mail of ['claim-shortage.eml', 'claim-transit.eml']) await test.mail(mail);
      await test.settle();
      const { items } = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body;
      [ended, task] = [items[0].userTaskKey, items[1].userTaskKey];
      assert.equal((await complete(ended, CLASSIFIED, { 'idempotency-key': 'used' })).status, 204);
      await test.settle();
    });
    after(() => test.close());

    const complete = (key: string, data: unknown, headers = {}): Promise<Answer> =>
      test.call('dispatcher', `POST /api/tasks/${key}/complete`, { data }, headers);
    const deploy = (content: string | Uint8Array, name = 'model.bpmn'): Promise<Answer> => {
      const form = new FormData();
      form.set('resources', new File([typeof content === 'string' ? content : new Uint8Array(content)], name));
      return test.call('analyst', 'POST /v2/deployments', form);
    };
    const upload = (file: File, path = '/photoProduct', key = task): Promise<Answer> => {
      const form = new FormData();
      form.set('file', file);
      return test.call('dispatcher', `POST /api/tasks/${key}/files?path=${encodeURIComponent(path)}`, form);
    };
    const mail = (content: Uint8Array): Promise<Answer> =>
      test.call('dispatcher', 'POST /api/intake/mail', content, { 'content-type': 'message/rfc822' });
    const get = (who: PersonName, path: string): Promise<Answer> => test.call(who, `GET ${path}`);

    const refuses = (name: string, send: () => Promise<Answer>, { status, code, says }: Expected): void => {
      it(name, async () => {
        const before = await countRows(test.database);
        const answer = await send();
        assert.equal(answer.status, status, JSON.stringify(answer.body));
        assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/);
        if (code !== undefined) assert.equal(answer.body.code, code);
        const words = [
          answer.body.detail,
          ...(answer.body.errors ?? []).map((error: object) => JSON.stringify(error)),
        ].join('\n');
        assert.match(words, says);
        assert.deepEqual(await countRows(test.database), before, 'nothing was stored');
      });
    };

    describe('models', () => {
      const model = (name: string, content: () => string, says: RegExp, status = 400): void =>
        refuses(name, () => deploy(content()), { status, says });
      model('no XML', () => 'просто текст', /XML/i);
      model('cut off in the middle', () => GOOD.slice(0, -40), /line|строк/i);
      model(
        'a <!DOCTYPE>',
        () => GOOD.replace('<bpmn:definitions', '<!DOCTYPE x [<!ENTITY a "b">]><bpmn:definitions'),
        /DOCTYPE/,
      );
      model(
        'deeper than 64 levels',
        () =>
          GOOD.replace(
            '</bpmn:process>',
            `${'<bpmn:documentation>'.repeat(70)}${'</bpmn:documentation>'.repeat(70)}</bpmn:process>`,
          ),
        /64/,
      );
      model(
        'more than 3,000 elements',
        () =>
          GOOD.replace(
            '</bpmn:process>',
            `${Array.from({ length: 3_001 }, (_, at) => `<bpmn:task id="t${at}"/>`).join('')}</bpmn:process>`,
          ),
        /3[, .]?000/,
      );
      model(
        'larger than 2 MB',
        () => GOOD.replace('</bpmn:process>', `<!--${'x'.repeat(2 * 1024 * 1024)}--></bpmn:process>`),
        /2.МБ/,
        413,
      );
      model(
        'an element that is not executed',
        () => bpmn('no', sequence({ id: 'C', xml: '<bpmn:choreographyTask id="C"/>' })),
        /choreographyTask[\s\S]*C|C[\s\S]*choreographyTask/i,
      );
      model(
        'nothing executable',
        () => GOOD.replace('isExecutable="true"', 'isExecutable="false"'),
        /executable|isExecutable/i,
      );
      model(
        'an unknown form',
        () => bpmn('form', sequence(userTask('A', '<zeebe:formDefinition formId="no-such-form"/>'))),
        /no-such-form/,
      );
      model(
        'an unknown decision',
        () =>
          bpmn(
            'decision',
            sequence({
              id: 'D',
              xml: '<bpmn:businessRuleTask id="D"><bpmn:extensionElements><zeebe:calledDecision decisionId="no-such-decision" resultVariable="r"/></bpmn:extensionElements></bpmn:businessRuleTask>',
            }),
          ),
        /no-such-decision/,
      );
      refuses('a file of an unknown kind', () => deploy('x', 'model.exe'), { status: 400, says: /model\.exe/ });
      refuses('no file at all', () => test.call('analyst', 'POST /v2/deployments', new FormData()), {
        status: 400,
        says: /resources|файл/,
      });
    });

    describe('forms and tasks', () => {
      const form = (name: string, data: unknown, says: RegExp): void =>
        refuses(name, () => complete(task, data), { status: 422, code: 'form-invalid', says });
      form('an empty form', {}, /clientKind/);
      form('a value that is not offered', { ...CLASSIFIED, topic: 'spoiled' }, /topic/);
      form('a broken e-mail', { ...CLASSIFIED, email: 'not an address' }, /email/);
      form('an employee who does not exist', { ...CLASSIFIED, assignee: 'nobody' }, /assignee/);
      refuses('data that is no object', () => complete(task, 'text'), { status: 400, says: /data/ });
      refuses('a task that has ended', () => complete(ended, CLASSIFIED), {
        status: 409,
        code: 'task-not-active',
        says: /заверш/,
      });
      refuses(
        'the same key with another body',
        () => complete(ended, { ...CLASSIFIED, topic: 'transit' }, { 'idempotency-key': 'used' }),
        { status: 409, code: 'idempotency-conflict', says: /Idempotency-Key|ключ/i },
      );
      refuses(
        'a key that cannot be one',
        () => complete(task, CLASSIFIED, { 'idempotency-key': 'два слова'.replace(/[^ ]/g, 'x') }),
        { status: 400, says: /Idempotency-Key/ },
      );
      it('a repeated request gets the first answer and does nothing', async () => {
        const before = await countRows(test.database);
        assert.equal((await complete(ended, CLASSIFIED, { 'idempotency-key': 'used' })).status, 204);
        assert.deepEqual(await countRows(test.database), before);
      });
    });

    describe('files', () => {
      const photo = (content: Uint8Array, name: string, type: string): File =>
        new File([new Uint8Array(content)], name, { type });
      let checking: string;
      before(async () => {
        const { items } = (await get('dispatcher', '/api/tasks?tab=mine')).body;
        checking = items[0].userTaskKey;
      });
      const file = (name: string, content: () => File, expected: Expected): void =>
        refuses(name, () => upload(content(), '/photoProduct', checking), expected);
      file(
        'a page that calls itself a picture',
        () => photo(Buffer.from('<html><script>alert(1)</script></html>'), 'a.png', 'image/png'),
        { status: 415, code: 'unsupported-type', says: /jpg, png, webp, heic/ },
      );
      file(
        'a program under the name of a picture',
        () => photo(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]), 'a.png', 'image/png'),
        { status: 415, code: 'unsupported-type', says: /jpg, png, webp, heic/ },
      );
      file(
        'a PDF under the name of a picture',
        () => photo(Buffer.from('%PDF-1.7\n%\n1 0 obj\n<<>>\nendobj\n'), 'a.png', 'image/png'),
        { status: 415, says: /png/ },
      );
      file(
        'larger than the field allows',
        () => photo(Buffer.concat([drawPhoto(1, 8, 8), Buffer.alloc(21 * 1024 * 1024)]), 'a.png', 'image/png'),
        { status: 413, code: 'too-large', says: /20/ },
      );
      file(
        'of a kind the field does not take',
        () => photo(Buffer.from('%PDF-1.7\n%\n1 0 obj\n<<>>\nendobj\n'), 'a.pdf', 'application/pdf'),
        { status: 415, code: 'unsupported-type', says: /jpg, png, webp, heic/ },
      );
      file('empty', () => photo(Buffer.alloc(0), 'a.png', 'image/png'), {
        status: 422,
        code: 'file-refused',
        says: /пуст/,
      });
      refuses(
        'for a field that does not exist',
        () => upload(photo(drawPhoto(1, 8, 8), 'a.png', 'image/png'), '/noSuchField', checking),
        { status: 400, says: /noSuchField/ },
      );
    });

    describe('mail', () => {
      refuses('that is no mail', () => mail(Buffer.from('просто текст\n')), {
        status: 400,
        code: 'mail-refused',
        says: /письмо/,
      });
      refuses('that is empty', () => mail(new Uint8Array(0)), {
        status: 400,
        code: 'mail-refused',
        says: /пуст|письмо/,
      });
      refuses('larger than 25 MB', () => mail(new Uint8Array(26 * 1024 * 1024)), {
        status: 413,
        code: 'too-large',
        says: /25.МБ/,
      });
    });

    describe('addresses and bodies', () => {
      for (const path of [
        `tasks/${NOBODY}`,
        `cases/${NOBODY}`,
        `cases/${NOBODY}/story`,
        `files/${NOBODY}`,
        `documents/${NOBODY}/pdf`,
      ]) {
        refuses(`unknown: ${path}`, () => get('dispatcher', `/api/${path}`), {
          status: 404,
          code: 'not-found',
          says: /не найдено/,
        });
      }
      refuses('unknown address', () => get('dispatcher', '/api/no-such-thing'), {
        status: 404,
        says: /\/api\/no-such-thing не существует/,
      });
      for (const path of [
        `process-instances/${NOBODY}`,
        `process-definitions/${NOBODY}`,
        `user-tasks/${NOBODY}`,
        `variables/${NOBODY}`,
        `incidents/${NOBODY}`,
      ]) {
        refuses(`unknown: ${path}`, () => get('analyst', `/v2/${path}`), {
          status: 404,
          code: 'not-found',
          says: /не найдено/,
        });
      }
      refuses('unknown job', () => test.call('analyst', `POST /v2/jobs/${NOBODY}/completion`, {}), {
        status: 404,
        says: new RegExp(NOBODY),
      });
      refuses(
        'unknown process',
        () => test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'nothing' }),
        { status: 404, says: /nothing/ },
      );
      refuses('a key that is none', () => get('dispatcher', '/api/tasks/abc'), { status: 400, says: /userTaskKey/ });
      refuses(
        'broken JSON',
        () =>
          test.call('dispatcher', `POST /api/tasks/${task}/complete`, Buffer.from('{"data":'), {
            'content-type': 'application/json',
          }),
        { status: 400, code: 'malformed-body', says: /JSON/ },
      );
      refuses(
        'a body of another kind',
        () =>
          test.call('dispatcher', `POST /api/tasks/${task}/complete`, Buffer.from('x'), {
            'content-type': 'text/plain',
          }),
        { status: 415, says: /application\/json/ },
      );
    });
  });
});
