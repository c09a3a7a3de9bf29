import type { BoxedLogic, DecisionModel, DecisionTable, DecisionTrace, JsonValue, Key } from '#engine';
import type { CaseDecisionPage, CaseDecisionView, DecisionView, Language } from '#contract';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { Principal } from '../identity/principal.ts';
import { decisionInstanceTable, type DecisionInstanceRow } from '../runtime/decision-rows.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { readDirectory } from '../users/directory.ts';
import { readTree, requireCase } from './case-access.ts';
import { elementNames } from './element-names.ts';
import { afterPlace, readStoryCursor, writeStoryCursor } from './story-cursor.ts';
import { textsIn } from './story-sentence.ts';

/** Fewer than of other lists: each item may hold a hundred decisions with their inputs. */
const DEFAULT_LIMIT = 20;

export interface CaseDecisions {
  /** What the case decided and why, newest first. @throws Refused `not-found`, `invalid-request` */
  page(
    caseKey: Key,
    asker: {
      readonly principal: Principal;
      readonly language: Language;
      readonly cursor?: string;
      readonly limit?: number;
    },
  ): Promise<CaseDecisionPage>;
}

type Row = DecisionInstanceRow & { readonly version: number | null; readonly element_id: string | null };

export function createCaseDecisions(deps: {
  readonly database: Database;
  readonly definitions: Definitions;
}): CaseDecisions {
  const { database, definitions } = deps;
  const reader = readerOf(database);
  return {
    async page(caseKey, { principal, language, cursor, limit = DEFAULT_LIMIT }) {
      const { bucket } = await requireCase(reader, caseKey, principal);
      const tree = await readTree(reader, caseKey);
      const instances = new Map(tree.map((row) => [row.process_instance_key, row]));
      const after = afterPlace(cursor === undefined ? null : readStoryCursor(cursor), {
        source: 'history',
        at: 'evaluated_at',
        key: 'decision_evaluation_key',
      });
      const found = await queryRows<{ decision_evaluation_key: Key; evaluated_at: number }>(
        reader,
        `SELECT decision_evaluation_key, evaluated_at FROM decision_instance
         WHERE bucket = ? AND process_instance_key IN (${database.dialect.listFromJson('key')}) AND place = 1
           AND (${after.sql})
         ORDER BY evaluated_at DESC, decision_evaluation_key DESC LIMIT ?`,
        [bucket, JSON.stringify([...instances.keys()]), ...after.parameters, limit + 1],
      );
      const shown = found.slice(0, limit);
      const rows = await readRows(
        reader,
        bucket,
        shown.map((row) => row.decision_evaluation_key),
      );
      const nameOf = await elementNames(
        definitions,
        tree.map((row) => row.process_definition_key),
      );
      const groupIds = rows.flatMap((row) => textsIn(row.result as JsonValue));
      const { groupName } = await readDirectory(reader, { usernames: [], groupIds, language });
      const items: CaseDecisionView[] = [];
      for (const { decision_evaluation_key: key } of shown) {
        const own = rows.filter((row) => row.decision_evaluation_key === key);
        const first = own[0]!;
        const instance = instances.get(first.process_instance_key!)!;
        const graph = await modelsBelow(definitions, first.asked_definition_key);
        const mentioned = own.flatMap((row) => textsIn(row.result as JsonValue)).filter((id) => groupName(id) !== id);
        items.push({
          id: String(key),
          at: new Date(first.evaluated_at).toISOString(),
          elementName: first.element_id === null ? null : nameOf(instance.process_definition_key, first.element_id),
          processName: instance.process_name,
          decisions: own.map((row) => decisionView(row, graph.get(row.decision_id))),
          groupNames: Object.fromEntries(mentioned.map((id) => [id, groupName(id)])),
        });
      }
      const last = shown.at(-1);
      const more = found.length > limit && last !== undefined;
      return {
        items,
        nextCursor: more
          ? writeStoryCursor({
              at: last.evaluated_at,
              source: 'history',
              key: last.decision_evaluation_key,
              sequence: 0,
            })
          : null,
      };
    },
  };
}

async function readRows(executor: Executor, bucket: number, keys: readonly Key[]): Promise<readonly Row[]> {
  const rows = await queryRows<{ version: number | null; element_id: string | null }>(
    executor,
    `SELECT i.*, d.version, e.element_id FROM decision_instance i
     LEFT JOIN definition asked ON asked.definition_key = i.asked_definition_key
     LEFT JOIN definition d ON d.kind = 'decision' AND d.resource_key = asked.resource_key AND d.definition_id = i.decision_id
     LEFT JOIN element_instance e ON e.bucket = i.bucket AND e.element_instance_key = i.element_instance_key
     WHERE i.bucket = ? AND i.decision_evaluation_key IN (${executor.dialect.listFromJson('key')})
     ORDER BY i.decision_evaluation_key, i.place`,
    [bucket, JSON.stringify(keys)],
  );
  return decodeRows(decisionInstanceTable, rows).map((row, at) => ({
    ...row,
    version: rows[at]!.version,
    element_id: rows[at]!.element_id,
  }));
}

/** The decision that was asked for and all that it may require, by id. A row does not repeat what its model says. */
async function modelsBelow(definitions: Definitions, askedKey: Key): Promise<ReadonlyMap<string, DecisionModel>> {
  const asked = await definitions.decision(askedKey);
  const others = [...asked.graph.values()].filter((element) => element.kind === 'decision');
  return new Map([...others, asked].map((decision) => [decision.decisionId, decision]));
}

function decisionView(row: Row, model: DecisionModel | undefined): DecisionView {
  const table = model === undefined ? null : tableIn(model.logic);
  return {
    decisionId: row.decision_id,
    name: row.decision_name,
    version: row.version,
    table:
      table === null
        ? null
        : { hitPolicy: table.hitPolicy, aggregation: table.aggregation, ruleCount: table.rules.length },
    inputs: (row.inputs as DecisionTrace['evaluatedInputs']).map(({ inputName, inputValue }) => ({
      name: inputName,
      value: inputValue,
    })),
    matchedRules: (row.rules as DecisionTrace['matchedRules']).map((rule) => ({
      index: rule.ruleIndex,
      annotation: rule.annotation,
      outputs: rule.evaluatedOutputs.map(({ outputName, outputValue }) => ({ name: outputName, value: outputValue })),
    })),
    output: row.result,
    failure: row.failure,
  };
}

function tableIn(logic: BoxedLogic): DecisionTable | null {
  if (logic.kind === 'typed') return tableIn(logic.logic);
  return logic.kind === 'decisionTable' ? logic : null;
}
