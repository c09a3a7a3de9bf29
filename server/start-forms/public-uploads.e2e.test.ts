import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';
import { startApp, type Answer, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';
import { newSubmissionKey, photoBytes, REPAIR_REQUEST } from './test/repair-request.ts';

const FORM = '/api/public/starts/repair-request';
const MEGABYTE = 1024 * 1024;
const FIELD = 'path=%2Fphotos';

forEachDialect((dialect) => {
  describe('a large photo for a form that is open to anyone', () => {
    let test: TestApp;
    beforeEach(async () => {
      test = await startApp((await dialect.connect()).settings, { publicForms: { filesPerAddress: 3 } });
    });
    afterEach(() => test.close());

    const part = (submission: string, key: string, bytes: Uint8Array, offset = 0, query = FIELD): Promise<Answer> =>
      test.call(null, `PATCH ${FORM}/uploads/${key}?${query}&offset=${offset}`, bytes, {
        'submission-key': submission,
        'content-type': 'application/octet-stream',
      });
    const received = async (submission: string, key: string): Promise<number> =>
      (await test.call(null, `GET ${FORM}/uploads/${key}?${FIELD}`, undefined, { 'submission-key': submission })).body
        .received;
    const take = (submission: string, uploadKey: string): Promise<Answer> =>
      test.call(
        null,
        `POST ${FORM}/uploads?${FIELD}`,
        { uploadKey, name: 'котёл.png', mimeType: 'image/png' },
        { 'submission-key': submission, 'idempotency-key': uploadKey },
      );

    it('comes in parts, goes on where the connection broke, and is of its submission alone', async () => {
      const [submission, key] = [newSubmissionKey(), 'photo-0000000001'];
      const photo = photoBytes(5 * MEGABYTE);
      assert.equal((await take(submission, key)).status, 404, 'before anything has come');
      assert.deepEqual((await part(submission, key, photo.subarray(0, MEGABYTE))).body, { received: MEGABYTE });
      const broken = begin(`${test.url}${FORM}/uploads/${key}?${FIELD}&offset=${MEGABYTE}`, submission, photo);
      await until(async () => (await received(submission, key)) > MEGABYTE);
      broken.destroy();
      assert.equal(await received(newSubmissionKey(), key), 0, 'another submission knows nothing of it');
      assert.equal((await take(newSubmissionKey(), key)).status, 404);
      await until(async () => {
        const here = await received(submission, key);
        return (await part(submission, key, photo.subarray(here), here)).status === 200;
      });
      const [taken, again] = [await take(submission, key), await take(submission, key)];
      assert.deepEqual([taken.status, again.body], [201, taken.body], 'after a lost answer it is the same file');
      assert.equal(taken.body.sha256, createHash('sha256').update(photo).digest('hex'));
      const gone = await test.call(null, `DELETE ${FORM}/uploads/${key}?${FIELD}`, undefined, {
        'submission-key': submission,
      });
      assert.deepEqual([gone.status, await received(submission, key)], [204, 0]);
      const sent = await test.call(null, `POST ${FORM}`, {
        submission,
        data: { ...REPAIR_REQUEST, photos: [taken.body] },
      });
      assert.equal(sent.status, 201, JSON.stringify(sent.body));
    });

    it('has the limits of one that comes whole: its size, its field, its content, and how many an hour', async () => {
      const submission = newSubmissionKey();
      const half = photoBytes(10 * MEGABYTE);
      for (const offset of [0, 10 * MEGABYTE])
        assert.equal((await part(submission, 'photo-0000000001', half, offset)).status, 200);
      const over = await part(submission, 'photo-0000000001', photoBytes(100), 20 * MEGABYTE);
      assert.deepEqual([over.status, over.body.code], [413, 'too-large']);
      assert.equal(await received(submission, 'photo-0000000001'), 0, 'what can never be whole is not kept');

      const text = await part(submission, 'photo-0000000002', photoBytes(100), 0, 'path=%2Fproblem');
      assert.equal(text.status, 400, 'a field that takes no files');
      assert.equal((await part('short', 'photo-0000000002', photoBytes(100))).status, 400);
      const script = new Uint8Array(Buffer.from('<script>alert(1)</script>'));
      assert.equal((await part(submission, 'photo-0000000002', script)).status, 200);
      const forged = await take(submission, 'photo-0000000002');
      assert.ok([415, 422].includes(forged.status), `a script called a photo: ${forged.status}`);

      const third = 'photo-0000000003';
      assert.equal((await part(submission, third, photoBytes(100))).status, 200);
      const fourth = await part(newSubmissionKey(), 'photo-0000000004', photoBytes(100));
      assert.deepEqual([fourth.status, fourth.body.code], [429, 'too-many-requests'], 'whichever submission it is for');
      assert.equal((await part(submission, third, photoBytes(100), 100)).status, 200, 'going on is no new file');
    });
  });
});

/** Begins to send a part of which only the first bytes go off. */
function begin(url: string, submission: string, bytes: Uint8Array): ClientRequest {
  const headers = {
    'submission-key': submission,
    'content-type': 'application/octet-stream',
    'content-length': bytes.length,
  };
  const sending = request(url, { method: 'PATCH', headers });
  sending.on('error', () => undefined);
  sending.write(bytes.subarray(MEGABYTE, MEGABYTE + 400_000));
  return sending;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let asked = 0; asked < 100; asked += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 5));
  }
  assert.fail('Expected it to come true');
}
