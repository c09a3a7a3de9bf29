import assert from 'node:assert/strict';
import { changesBetween } from './changes-between.ts';
import { emptyInstance } from './create-instance.ts';
import type { ElementInstance, Instance, InstanceHeader } from './instance.ts';
import { InstanceDraft } from './instance-draft.ts';
import { instanceRows } from './instance-rows.ts';
import type { Key } from './key.ts';

const header: InstanceHeader = {
  processInstanceKey: 1,
  processDefinitionKey: 1,
  deploymentKey: 1,
  processId: 'P',
  definitionVersion: 1,
  versionTag: null,
  rootProcessInstanceKey: 1,
  parent: null,
  conversationKey: null,
  businessId: null,
  tags: [],
  state: 'active',
  startedAt: 0,
  endedAt: null,
  suspendedAt: null,
  historyLength: 0,
};

describe('the elements that a command touches', () => {
  it('end up the same whether they are found by their distance from the first key or by their key', () => {
    const [near, far] = [write(start(), 10), write(start(), undefined)];
    assert.deepEqual(instanceRows(near.after), instanceRows(far.after));
    assert.deepEqual([...near.after.children.entries()].map(keysIn), [...far.after.children.entries()].map(keysIn));
    assert.deepEqual(near.changed, far.changed);
  });

  it('leave the instance before as it was', () => {
    const before = start();
    const rows = JSON.stringify(instanceRows(before));
    write(before, 10);
    assert.equal(JSON.stringify(instanceRows(before)), rows);
    assert.deepEqual([...before.waits.keys()], [2]);
  });

  it('never reach the tables when they begin and end in one command, and are not told', () => {
    const { after, changed } = write(start(), 10);
    assert.deepEqual([...after.elements.keys()], [1, 3, 11]);
    assert.deepEqual(changed, { 2: 'gone', 3: 'written', 11: 'written' });
  });

  it('see what this command has written', () => {
    const draft = new InstanceDraft(start(), 10);
    draft.removeElement(2);
    draft.addElement(element(10, 1));
    draft.setVariable({ variableKey: 12, scopeKey: 10, name: 'n', value: 1 });
    assert.deepEqual([...draft.childrenOf(1).keys()], [3, 10]);
    assert.deepEqual([draft.elements.has(2), draft.waits.get(2)], [false, undefined]);
    assert.equal(draft.variables.get(10)?.get('n')?.value, 1);
  });
});

/** The process with two elements in it, of which the first waits. */
function start(): Instance {
  const draft = new InstanceDraft(emptyInstance(header));
  for (const one of [element(1, null), element(2, 1), element(3, 1)]) draft.addElement(one);
  draft.addWait(2, 'job', 4);
  return draft.finish();
}

/** One ends, one changes, one begins and ends, one begins and stays. */
function write(before: Instance, firstKey: Key | undefined) {
  const draft = new InstanceDraft(before, firstKey);
  draft.removeElement(2);
  draft.updateElement(3, { state: 'completing' });
  draft.addElement(element(10, 1));
  draft.addElement(element(11, 1));
  draft.removeElement(10);
  draft.setVariable({ variableKey: 12, scopeKey: 11, name: 'n', value: 1 });
  draft.addWait(11, 'job', 13);
  const after = draft.finish();
  const changes = [...changesBetween(before, after).elements].map(
    ([key, row]) => [key, row === null ? 'gone' : 'written'] as const,
  );
  return { after, changed: Object.fromEntries(changes) };
}

function keysIn([scopeKey, children]: readonly [Key, { keys(): Iterable<Key> }]): unknown {
  return [scopeKey, [...children.keys()]];
}

function element(key: Key, scopeKey: Key | null): ElementInstance {
  return {
    key,
    elementId: `E${key}`,
    elementType: scopeKey === null ? 'process' : 'task',
    scopeKey,
    state: 'active',
    startedAt: 0,
    loop: null,
    loopIndex: null,
    calledInstanceKey: null,
    memory: null,
  };
}
