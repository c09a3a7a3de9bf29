import assert from 'node:assert/strict';
import { readConfig } from './config.ts';

describe('settings', () => {
  it('come from the environment, and the command line wins', () => {
    const config = readConfig({ REGLAMENT_PORT: '9000', REGLAMENT_DEMO: '1', REGLAMENT_DATA: '/srv/a' }, [
      '--port',
      '9001',
      '--data=/srv/b',
    ]);
    assert.deepEqual([config.port, config.demo, config.dataFolder], [9001, 'on', '/srv/b']);
    assert.deepEqual(config.database, { client: 'sqlite', file: '/srv/b/reglament.sqlite' });
    assert.deepEqual(readConfig({ DATABASE_URL: 'postgres://u:p@h/d' }).database, {
      client: 'postgres',
      url: 'postgres://u:p@h/d',
    });
    assert.deepEqual(
      readConfig({ DATABASE_URL: 'postgres://u:p@h/d', REGLAMENT_DATABASE_MODE: 'distributed' }).database,
      {
        client: 'postgres',
        url: 'postgres://u:p@h/d',
        distributed: true,
      },
    );
    assert.throws(() => readConfig({ REGLAMENT_DATABASE_MODE: 'distributed' }), /--database-url together with/);
    assert.throws(() => readConfig({ REGLAMENT_DATABASE_MODE: 'far' }), /plain or distributed/);
    assert.equal(readConfig({}, ['--node-lease', '3']).nodeLeaseMs, 3_000);
    assert.deepEqual([readConfig({}).host, readConfig({}).demo], ['127.0.0.1', 'auto']);
  });

  it('of the captcha come together or not at all, and its page is of another host', () => {
    const secret = { REGLAMENT_SECRET_CAPTCHA: 's' };
    const verify = ['--captcha-verify-url', 'https://captcha.example/siteverify'];
    const frame = ['--captcha-frame-url', 'https://frame.example/widget.html'];
    const given = readConfig(secret, [...verify, ...frame, '--public-starts-per-form', '7']).publicForms;
    assert.deepEqual([given.captcha?.kind, given.startsPerForm, given.startsPerAddress], ['siteverify', 7, 10]);
    assert.equal(readConfig(secret).publicForms.captcha, null);
    assert.throws(() => readConfig(secret, verify), /together, but one is missing/);
    assert.throws(() => readConfig({}, [...verify, ...frame]), /REGLAMENT_SECRET_CAPTCHA/);
    assert.throws(
      () => readConfig(secret, [...verify, ...frame, '--public-url', 'https://frame.example/']),
      /another host/,
    );
    assert.throws(() => readConfig(secret, [...verify, ...frame, '--captcha-kind', 'x']), /siteverify or smartcaptcha/);
  });

  it('that are wrong are refused by name', () => {
    for (const args of [
      ['--port', '99999'],
      ['--port', 'x'],
      ['--demo', 'maybe'],
      ['--public-url', 'ftp://x'],
      ['--zone', 'Nowhere'],
      ['--prot', '1'],
      ['--port'],
    ]) {
      assert.throws(() => readConfig({}, args), { name: 'InvalidSetting' }, args.join(' '));
    }
  });
});
