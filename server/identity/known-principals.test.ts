import assert from 'node:assert/strict';
import { createKnownPrincipals, type KnownPrincipal } from './known-principals.ts';

describe('known principals', () => {
  const anna: KnownPrincipal = {
    principal: {
      username: 'anna',
      name: 'Anna',
      email: null,
      groups: [],
      roles: [],
      grants: new Map(),
      permissions: new Set(),
      by: 'session',
    },
    session: null,
  };

  it('are known for two seconds, so that another node need tell nobody of a change', () => {
    let time = 0;
    const known = createKnownPrincipals(() => time);
    known.keep('proof', anna, known.asking());
    time = 1_999;
    assert.equal(known.get('proof')?.principal.username, 'anna');
    time = 2_000;
    assert.equal(known.get('proof'), undefined, 'use does not prolong it');
  });

  it('are not kept when accounts changed while the database was asked', () => {
    const known = createKnownPrincipals();
    const askedAt = known.asking();
    known.forget();
    known.keep('proof', anna, askedAt);
    assert.equal(known.get('proof'), undefined);
  });

  it('never grow beyond a bound', () => {
    const known = createKnownPrincipals();
    for (let n = 0; n <= 10_000; n += 1) known.keep(`proof ${n}`, anna, known.asking());
    assert.equal(known.get('proof 0'), undefined);
    assert.notEqual(known.get('proof 10000'), undefined);
  });
});
