import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { PLACES, type EventPlace } from '../bpmn/compile-event.ts';
import { COMPILED } from '../bpmn/refuse-unexecuted.ts';
import { ELEMENT_TYPES } from '../elements/index.ts';
import { ASSUMPTION_CODES } from '../lint/rules/assumed-reading.ts';

const PAGE = readFileSync(new URL('../../docs/guide/bpmn.md', import.meta.url), 'utf8');
/** The columns of the table of events. */
const COLUMNS: readonly EventPlace[] = [
  'startEvent',
  'eventSubProcessStart',
  'intermediateCatchEvent',
  'boundaryEvent',
  'intermediateThrowEvent',
  'endEvent',
  'loopEvent',
];
/** Types of extension elements that are written under the name of what they are part of. */
const ABSTRACT = ['zeebe:InputOutputParameter', 'zeebe:BindingTypeSupported', 'reglament:TimerMisfire'];

/** `docs/guide/bpmn.md` says what the engine executes, and no more. */
describe('the guide to BPMN', () => {
  const elements = rowsAfter('## Elements');
  const events = rowsAfter('<!-- events -->');
  const extensions = rowsAfter('<!-- extensions -->');

  it('lists every element that runs', () => {
    assert.deepEqual(elements.map(([, type = '']) => codesIn(type)[0]).sort(), [...ELEMENT_TYPES].sort());
  });

  it('names attributes that are executed', () => {
    const executed = new Set(Object.values(COMPILED).flatMap((names) => names.split(' ')));
    for (const [title, , attributes = ''] of elements) {
      for (const name of codesIn(attributes)) assert.ok(executed.has(name), `${name} of ${title}`);
    }
  });

  it('says of an element no other attributes than its file does, which opens with the section of BPMN 2.0.2', () => {
    for (const [title, type = '', attributes = ''] of elements) {
      const comment = openingOf(codesIn(type)[0] ?? '');
      assert.match(comment, /BPMN 2\.0\.2 §1[03]\.\d/, title);
      for (const name of codesIn(attributes)) assert.ok(comment.includes(`\`${name}\``), `${name} of ${title}`);
    }
  });

  it('shows which event runs in which place', () => {
    const kinds = new Set(Object.values(PLACES).flat());
    assert.deepEqual(events.map(([kind = '']) => codesIn(kind)[0]).sort(), [...kinds].sort());
    for (const [kind = '', ...cells] of events) {
      for (const [column, place] of COLUMNS.entries()) {
        const runs = (PLACES[place] as readonly string[]).includes(codesIn(kind)[0] ?? '');
        assert.equal(cells[column], runs ? 'yes' : '–', `${kind} at ${place}`);
      }
    }
  });

  it('lists every extension element that runs', () => {
    const written = extensions.flatMap(([names = '']) => codesIn(names));
    const types = Object.keys(COMPILED).filter((type) => /^(zeebe|reglament):/.test(type) && !ABSTRACT.includes(type));
    assert.deepEqual(written.sort(), types.map(lowerCamel).sort());
  });

  it('names every warning about plain BPMN', () => {
    const named = rowsAfter('<!-- plain -->').flatMap((cells) => codesIn(cells.at(-1) ?? ''));
    assert.deepEqual(named.sort(), [...ASSUMPTION_CODES].sort());
  });

  it('links to decisions that exist', () => {
    for (const [, file = ''] of PAGE.matchAll(/\(\.\.\/(decisions\/[^)]+)\)/g)) {
      assert.doesNotThrow(() => readFileSync(new URL(`../../docs/${file}`, import.meta.url)), file);
    }
  });
});

/** The cells of the first table after a line, without its head. */
function rowsAfter(line: string): readonly (readonly string[])[] {
  const lines = PAGE.slice(PAGE.indexOf(line)).split('\n');
  const first = lines.findIndex((text) => text.startsWith('|'));
  const after = lines.slice(first);
  const table = after.slice(
    0,
    after.findIndex((text) => !text.startsWith('|')),
  );
  return table.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The comment before the behavior of an element. */
function openingOf(type: string): string {
  const name = type === 'task' ? 'undefined-task' : type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const kinds = ['containers', 'events', 'gateways', 'tasks'];
  const file = kinds.map((kind) => new URL(`../elements/${kind}/${name}.ts`, import.meta.url)).find(existsSync);
  assert.ok(file !== undefined, `Expected a file for ${type} in engine/elements`);
  const text = readFileSync(file, 'utf8');
  return text.slice(0, text.indexOf('export const')).split('/**').at(-1) ?? '';
}

function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** `zeebe:IoMapping` → `zeebe:ioMapping`. */
function lowerCamel(type: string): string {
  return type.replace(/:(.)/, (_, first: string) => `:${first.toLowerCase()}`);
}
