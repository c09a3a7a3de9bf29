import { Type } from '@sinclair/typebox';
import {
  CaseDecisionPage,
  CaseDetail,
  CasePage,
  CaseQuery,
  CaseWaitView,
  DiagramView,
  DocumentView,
  ExplanationView,
  FileView,
  Items,
  KeyText,
  MailView,
  StoryPage,
  VariableView,
} from '#contract';
import type { TSchema } from '@sinclair/typebox';
import { keyOf } from '../http/key-text.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { CaseDecisions } from './case-decisions.ts';
import type { CaseDetails } from './case-detail.ts';
import type { CaseDiagram } from './case-diagram.ts';
import type { CaseExplanation } from './case-explanation.ts';
import type { CaseList } from './case-list.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseStory } from './case-story.ts';

export interface CaseRoutesDeps {
  readonly caseList: CaseList;
  readonly caseDetails: CaseDetails;
  readonly caseStory: CaseStory;
  readonly caseDiagram: CaseDiagram;
  readonly caseParts: CaseParts;
  readonly caseExplanation: CaseExplanation;
  readonly caseDecisions: CaseDecisions;
}

const CaseKey = Type.Object({ caseKey: KeyText });
const PartPageQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);

/** Who may see a case is decided row by row (`case-access.ts`), so the routes only ask for a signed-in person. */
export function caseRoutes(deps: CaseRoutesDeps): readonly Route[] {
  const { caseList, caseDetails, caseStory, caseDiagram, caseParts, caseExplanation, caseDecisions } = deps;
  const part = (name: keyof CaseParts, summary: Route['summary'], schema: TSchema): Route =>
    route({
      method: 'get',
      path: `/api/cases/:caseKey/${name}`,
      summary,
      access: 'signed-in',
      params: CaseKey,
      response: { status: 200, description: 'All of the case', schema: Items(schema) },
      handler: async ({ params, principal, language }) =>
        ok({ items: await caseParts[name](keyOf(params.caseKey), { principal, language }) }),
    });
  return [
    route({
      method: 'get',
      path: '/api/cases',
      summary: { ru: 'Дела', en: 'Cases' },
      access: 'signed-in',
      query: CaseQuery,
      response: { status: 200, description: 'The newest first', schema: CasePage },
      handler: async ({ query, principal, language }) => ok(await caseList.page(query, { principal, language })),
    }),
    route({
      method: 'get',
      path: '/api/cases/:caseKey',
      summary: { ru: 'Дело', en: 'Case' },
      access: 'signed-in',
      params: CaseKey,
      response: { status: 200, description: 'Stages, facts, participants', schema: CaseDetail },
      handler: async ({ params, principal, language }) =>
        ok(await caseDetails.read(keyOf(params.caseKey), { principal, language })),
    }),
    route({
      method: 'get',
      path: '/api/cases/:caseKey/story',
      summary: { ru: 'Что произошло в деле', en: 'What happened in the case' },
      access: 'signed-in',
      params: CaseKey,
      query: PartPageQuery,
      response: { status: 200, description: 'The newest first', schema: StoryPage },
      handler: async ({ params, query, principal, language }) =>
        ok(await caseStory.page(keyOf(params.caseKey), { principal, language, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/cases/:caseKey/diagram',
      summary: { ru: 'Схема дела', en: 'Diagrams of the case' },
      access: 'signed-in',
      params: CaseKey,
      response: { status: 200, description: 'The case first, then what it called', schema: DiagramView },
      handler: async ({ params, principal }) => ok(await caseDiagram.read(keyOf(params.caseKey), principal)),
    }),
    route({
      method: 'get',
      path: '/api/cases/:caseKey/waits',
      summary: { ru: 'Чего ждёт дело', en: 'What the case waits for' },
      access: 'signed-in',
      params: CaseKey,
      response: { status: 200, description: 'Every place at which it stands, in words', schema: Items(CaseWaitView) },
      handler: async ({ params, principal, language }) =>
        ok({ items: await caseExplanation.waits(keyOf(params.caseKey), { principal, language }) }),
    }),
    route({
      method: 'get',
      path: '/api/cases/:caseKey/decisions',
      summary: { ru: 'Что решено в деле и почему', en: 'What was decided in the case, and why' },
      access: 'signed-in',
      params: CaseKey,
      query: PartPageQuery,
      response: { status: 200, description: 'The newest first', schema: CaseDecisionPage },
      handler: async ({ params, query, principal, language }) =>
        ok(await caseDecisions.page(keyOf(params.caseKey), { principal, language, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/process-instances/:processInstanceKey/explain',
      summary: { ru: 'Почему экземпляр не идёт дальше', en: 'Why an instance does not go on' },
      access: 'signed-in',
      params: Type.Object({ processInstanceKey: KeyText }),
      response: { status: 200, description: 'Every place with what it waits for', schema: ExplanationView },
      handler: async ({ params, principal }) =>
        ok(await caseExplanation.explain(keyOf(params.processInstanceKey), principal)),
    }),
    part('variables', { ru: 'Данные дела', en: 'Variables of the case' }, VariableView),
    part('files', { ru: 'Файлы дела', en: 'Files of the case' }, FileView),
    part('documents', { ru: 'Документы дела', en: 'Documents of the case' }, DocumentView),
    part('mails', { ru: 'Переписка', en: 'Mail of the case' }, MailView),
  ];
}
