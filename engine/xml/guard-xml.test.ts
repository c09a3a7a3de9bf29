import assert from 'node:assert/strict';
import { guardXml } from './guard-xml.ts';

const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('guardXml', () => {
  it('passes up to the limits and refuses past them', () => {
    assert.equal(guardXml(nested(64)), undefined);
    assert.equal(guardXml(nested(65))?.code, 'too-deep');
    assert.equal(guardXml('x'.repeat(2 * 1024 * 1024)), undefined);
    assert.equal(guardXml(`${'x'.repeat(2 * 1024 * 1024)}x`)?.code, 'too-large');
    assert.equal(guardXml('<a/><b/><b/>', { elementLimit: 3 }), undefined);
    assert.equal(guardXml('<a/><b/><b/><b/>', { elementLimit: 3 })?.code, 'too-many-elements');
    assert.equal(guardXml('<a/><b/><b/><b/>', { elementLimit: 1, counts: (name) => name === 'a' }), undefined);
  });

  it('counts bytes, not characters', () => {
    assert.equal(guardXml('я'.repeat(1024 * 1024)), undefined);
    assert.equal(guardXml(`${'я'.repeat(1024 * 1024)}я`)?.code, 'too-large');
  });

  it('is not misled by closing tags before the first, quotes, comments, CDATA and instructions', () => {
    assert.equal(guardXml('</a>'.repeat(100) + nested(65))?.code, 'too-deep');
    assert.equal(guardXml(`<a b="${'>'.repeat(100)}<a>">${nested(63)}</a>`), undefined);
    assert.equal(guardXml(`<a b="/>" c='>'>${nested(64)}</a>`)?.code, 'too-deep');
    assert.equal(
      guardXml(`<!-- ${'<a>'.repeat(100)} --><![CDATA[${'<a>'.repeat(100)}]]><?x ${'<a>'.repeat(100)}?>`),
      undefined,
    );
    assert.equal(guardXml(`<!DOCTYPE x>`)?.code, 'doctype');
  });
});
