import assert from 'node:assert/strict';
import { createAttemptLimit } from '../identity/attempt-limit.ts';
import { readBasicHeader } from '../identity/basic-header.ts';
import { readSessionCookie, sessionCookie } from '../identity/session-cookie.ts';
import { checkJson, MAX_JSON_DEPTH, parseJson } from './check-json.ts';
import { contentDisposition } from './content-disposition.ts';
import { keyOf } from './key-text.ts';
import { languageOf } from './language.ts';

describe('words of HTTP', () => {
  it('language: the better weighted of Russian and English, Russian in doubt', () => {
    const cases = [
      [undefined, 'ru'],
      ['en-GB,en;q=0.9', 'en'],
      ['ru;q=0.2, en;q=0.8', 'en'],
      ['en;q=0.5,ru', 'ru'],
      ['de', 'ru'],
      ['en;q=0', 'ru'],
      ['*', 'ru'],
      ['en,ru', 'ru'],
    ] as const;
    for (const [header, expected] of cases) assert.equal(languageOf(header), expected, header);
  });

  it('JSON: depth and prototype names, without recursion', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    assert.doesNotThrow(() => parseJson(nested(MAX_JSON_DEPTH)));
    assert.throws(() => parseJson(nested(MAX_JSON_DEPTH + 1)), { code: 'malformed-body' });
    assert.throws(() => parseJson(nested(100_000)), { code: 'malformed-body' });
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      assert.throws(() => checkJson(JSON.parse(`{"a":[{"${name}":1}]}`)), { code: 'malformed-body' }, name);
    }
    assert.deepEqual(parseJson('{"protocol":1}'), { protocol: 1 });
  });

  it('file names: Cyrillic for new clients, plain for old ones, no header broken', () => {
    assert.equal(
      contentDisposition('attachment', 'Акт № 1.pdf'),
      `attachment; filename="___ _ 1.pdf"; filename*=UTF-8''%D0%90%D0%BA%D1%82%20%E2%84%96%201.pdf`,
    );
    assert.doesNotMatch(contentDisposition('inline', 'a"\r\nX: 1;b.png'), /[\r\n]|a"/);
  });

  it('keys that no row can have become 0', () => {
    assert.deepEqual([keyOf('12'), keyOf('9007199254740993'), keyOf('9999999999999999999')], [12, 0, 0]);
  });

  it('Basic: colons in the password, Cyrillic, and what is none', () => {
    const header = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    assert.deepEqual(readBasicHeader(header('анна:па:роль')), { username: 'анна', password: 'па:роль' });
    assert.deepEqual([readBasicHeader(undefined), readBasicHeader('Bearer x')], [undefined, null]);
    for (const wrong of ['Basic', 'Basic ???', header('no colon'), header(':empty')])
      assert.equal(readBasicHeader(wrong), 'malformed', wrong);
  });

  it('cookies: bound to host and https where there is https', () => {
    const token = 'a'.repeat(43);
    const cookie = sessionCookie(token, { secure: true, maxAgeSeconds: 1 });
    assert.match(cookie, /^__Host-reglament_session=a{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1; Secure$/);
    assert.equal(readSessionCookie(`x=1; __Host-reglament_session=${token}`, true), token);
    assert.equal(
      readSessionCookie(`reglament_session=${token}`, true),
      null,
      'the weaker name is not taken over https',
    );
    assert.equal(readSessionCookie('reglament_session=short', false), null);
  });

  it('tries: five free, then 1, 2, 4 … s up to five minutes, forgotten after success', () => {
    const limit = createAttemptLimit();
    for (let n = 0; n < 5; n += 1) {
      assert.equal(limit.waitFor('a', 0), 0);
      limit.failed('a', 0);
    }
    assert.deepEqual([limit.waitFor('a', 0), limit.waitFor('a', 1_000), limit.waitFor('b', 0)], [1_000, 0, 0]);
    limit.failed('a', 1_000);
    assert.equal(limit.waitFor('a', 1_000), 2_000);
    for (let n = 0; n < 20; n += 1) limit.failed('a', 1_000);
    assert.equal(limit.waitFor('a', 1_000), 300_000);
    limit.succeeded('a');
    assert.equal(limit.waitFor('a', 1_000), 0);
  });
});
