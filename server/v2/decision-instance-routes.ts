import { Type } from '@sinclair/typebox';
import type { DecisionTrace } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { notFound } from '../http/refused.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { decisionInstanceTable } from '../runtime/decision-rows.ts';
import {
  DecisionInstanceResult,
  decisionInstanceSearch,
  decisionInstanceViews,
  DecisionInstanceWithTrace,
  hasDecisionInstanceKey,
  traceView,
} from './decision-instance-search.ts';
import { READ_VARIABLES } from './operate-access.ts';
import { READS_DECISION_INSTANCES } from '../identity/route-grants.ts';
import { runSearch } from './search/run-search.ts';
import { searchRoute } from './search/search-route.ts';
import { DECISION_INSTANCE } from './subjects.ts';
import { WireKey } from './wire-schema.ts';

/** Which decisions were evaluated, by processes and beside them. Inputs and results are data of the cases. */
export function decisionInstanceRoutes({ database }: { readonly database: Database }): readonly Route[] {
  const reader = readerOf(database);
  return [
    searchRoute({
      database,
      path: '/decision-instances/search',
      summary: { ru: 'Найти вычисленные решения', en: 'Search decision instances' },
      access: READ_VARIABLES,
      grant: READS_DECISION_INSTANCES,
      spec: decisionInstanceSearch,
      item: DecisionInstanceResult,
      view: (rows) => decisionInstanceViews(rows),
    }),
    route({
      method: 'get',
      path: '/v2/decision-instances/:decisionEvaluationInstanceKey',
      summary: { ru: 'Вычисленное решение', en: 'Decision instance' },
      access: READ_VARIABLES,
      grant: READS_DECISION_INSTANCES,
      params: Type.Object({ decisionEvaluationInstanceKey: WireKey }),
      response: { status: 200, description: 'With its inputs and matched rules', schema: DecisionInstanceWithTrace },
      handler: async ({ params: { decisionEvaluationInstanceKey: key }, scope }) => {
        const { rows } = await runSearch(reader, decisionInstanceSearch, {
          query: { page: { limit: 1 } },
          where: [hasDecisionInstanceKey(key)],
          scope,
        });
        const [row] = decodeRows(decisionInstanceTable, rows);
        if (row === undefined) throw notFound(DECISION_INSTANCE);
        const trace = { evaluatedInputs: row.inputs, matchedRules: row.rules } as DecisionTrace;
        return ok({ ...decisionInstanceViews(rows)[0], ...traceView(trace) });
      },
    }),
  ];
}
