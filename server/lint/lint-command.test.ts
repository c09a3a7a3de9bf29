import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBpmn } from '#engine/testing';
import { lintCommand } from './lint-command.ts';

const SOUND = buildBpmn({ id: 'Fine', elements: { A: 'userTask' }, flows: [] });
const STARVES = buildBpmn({
  id: 'Starves',
  elements: {
    Start: 'startEvent',
    Which: { type: 'exclusiveGateway', name: 'Куда?' },
    A: 'task',
    Join: { type: 'parallelGateway', name: 'Всё готово' },
    End: 'endEvent',
  },
  flows: ['Start -> Which', 'Which -> Join [=a]', 'Which -> A default', 'A -> Join -> End'],
});

describe('reglament lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-lint-'));
  before(() => {
    writeFileSync(join(folder, 'fine.bpmn'), SOUND);
    writeFileSync(join(folder, 'starves.bpmn'), STARVES);
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const code = await lintCommand(args, { folder, print: (text) => void lines.push(text) });
    return { code, text: lines.join('\n') };
  };

  it('ends with 0 when there is nothing to mend', async () => {
    assert.deepEqual(await run('fine.bpmn'), { code: 0, text: 'Замечаний нет.' });
  });

  it('ends with 1 on an error and names element, path and remedy, in Russian or English', async () => {
    const russian = await run('fine.bpmn', 'starves.bpmn');
    assert.equal(russian.code, 1);
    assert.match(russian.text, /^starves\.bpmn:1: ошибка deadlock\n {2}«Всё готово» \(Join\) никогда не соберёт/);
    assert.match(russian.text, /Путь: Start → Куда\?\n {2}Что делать: /);
    assert.match((await run('--lang=en', 'starves.bpmn')).text, /error deadlock[\s\S]+Remedy: /);
  });

  it('ends with 2 when it cannot look', async () => {
    assert.equal((await run()).code, 2);
    assert.equal((await run('--what', 'fine.bpmn')).code, 2);
    const missing = await run('nowhere.bpmn');
    assert.equal(missing.code, 2);
    assert.match(missing.text, /nowhere\.bpmn/);
  });
});
