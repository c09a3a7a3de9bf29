import { Type } from '@sinclair/typebox';
import {
  CreateRegisterRow,
  RegisterBadRowsQuery,
  RegisterDetail,
  RegisterExportQuery,
  RegisterHistory,
  RegisterImportQuery,
  RegisterImportReport,
  RegisterList,
  RegisterRow,
  RegisterRowPage,
  RegisterRowQuery,
  RegisterSuggestionQuery,
  RegisterSuggestions,
  UpdateRegisterRow,
} from '#contract';
import { contentDisposition } from '../http/content-disposition.ts';
import { notFound } from '../http/refused.ts';
import { content, created, immutableModule, noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Registers } from './registers.ts';
import type { RegisterTransfers } from './transfer/transfers.ts';

const RegisterKey = Type.String({ pattern: '^[a-z][a-z0-9-]{0,49}$' });
const OfRegister = Type.Object({ registerKey: RegisterKey });
const OfRow = Type.Object({ registerKey: RegisterKey, rowKey: Type.String({ minLength: 1, maxLength: 100 }) });
const OfValidator = Type.Object({ registerKey: RegisterKey, hash: Type.String({ pattern: '^[0-9a-f]{32}$' }) });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SeenVersion = Type.Object({ version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false });

/** Whether a person may is asked of the register itself: its definition says which roles read and write. */
export function registerRoutes(deps: {
  readonly registers: Registers;
  readonly transfers: RegisterTransfers;
}): readonly Route[] {
  const { registers, transfers } = deps;
  return [
    route({
      method: 'get',
      path: '/api/registers',
      summary: { ru: 'Справочники', en: 'Registers' },
      access: 'signed-in',
      response: { status: 200, description: 'Those that the person may read', schema: RegisterList },
      handler: async ({ principal, language }) => ok({ items: await registers.list({ principal, language }) }),
    }),
    route({
      method: 'get',
      path: '/api/registers/:registerKey',
      summary: { ru: 'Справочник', en: 'Register' },
      access: 'signed-in',
      params: OfRegister,
      response: { status: 200, description: 'Its definition and what the person may', schema: RegisterDetail },
      handler: async ({ params, principal, language }) =>
        ok(await registers.detail(params.registerKey, { principal, language })),
    }),
    route({
      method: 'get',
      path: '/api/registers/:registerKey/validator/:hash.mjs',
      summary: { ru: 'Проверка строки для браузера', en: 'Validator of a row for the browser' },
      access: 'signed-in',
      params: OfValidator,
      response: { status: 200, description: 'An ES module', contentType: 'text/javascript' },
      handler: async ({ params, principal, language }) => {
        const { hash, text } = await registers.validator(params.registerKey, { principal, language });
        if (hash !== params.hash) throw notFound({ ru: 'Проверка строки', en: 'Row validator' });
        return immutableModule(text);
      },
    }),
    route({
      method: 'get',
      path: '/api/registers/:registerKey/rows',
      summary: { ru: 'Строки справочника', en: 'Rows of a register' },
      access: 'signed-in',
      params: OfRegister,
      query: RegisterRowQuery,
      response: { status: 200, description: 'A page in the order asked for', schema: RegisterRowPage },
      handler: async ({ params, query, principal, language }) =>
        ok(await registers.page(params.registerKey, query, { principal, language })),
    }),
    route({
      method: 'post',
      path: '/api/registers/:registerKey/rows',
      summary: { ru: 'Добавить строку', en: 'Add a row' },
      access: 'signed-in',
      params: OfRegister,
      body: { kind: 'json', schema: CreateRegisterRow },
      response: { status: 201, description: 'The row as stored', schema: RegisterRow },
      handler: async ({ params, body, principal, language, command }) =>
        created(await registers.create({ ...params, ...body, principal, language, command })),
    }),
    route({
      method: 'get',
      path: '/api/registers/:registerKey/rows/:rowKey',
      summary: { ru: 'Строка справочника', en: 'Row of a register' },
      access: 'signed-in',
      params: OfRow,
      response: { status: 200, description: 'The row', schema: RegisterRow },
      handler: async ({ params, principal, language }) =>
        ok(await registers.row(params.registerKey, params.rowKey, { principal, language })),
    }),
    route({
      method: 'put',
      path: '/api/registers/:registerKey/rows/:rowKey',
      summary: { ru: 'Изменить строку', en: 'Change a row' },
      access: 'signed-in',
      params: OfRow,
      body: { kind: 'json', schema: UpdateRegisterRow },
      response: {
        status: 200,
        description: 'The row as stored; 409 names both values of each field',
        schema: RegisterRow,
      },
      handler: async ({ params, body, principal, language, command }) =>
        ok(await registers.update({ ...params, ...body, principal, language, command })),
    }),
    route({
      method: 'delete',
      path: '/api/registers/:registerKey/rows/:rowKey',
      summary: { ru: 'Удалить строку', en: 'Delete a row' },
      access: 'signed-in',
      params: OfRow,
      query: SeenVersion,
      response: { status: 204, description: 'Deleted; its history stays' },
      handler: async ({ params, query, principal, language, command }) => {
        await registers.remove({ ...params, ...query, principal, language, command });
        return noContent();
      },
    }),
    route({
      method: 'get',
      path: '/api/registers/:registerKey/rows/:rowKey/history',
      summary: { ru: 'История строки', en: 'History of a row' },
      access: 'signed-in',
      params: OfRow,
      response: { status: 200, description: 'The latest change first; also of a deleted row', schema: RegisterHistory },
      handler: async ({ params, principal, language }) =>
        ok({ items: await registers.history(params.registerKey, params.rowKey, { principal, language }) }),
    }),
    route({
      method: 'post',
      path: '/api/registers/:registerKey/suggestions',
      summary: { ru: 'Подобрать строки для поля формы', en: 'Rows to choose from in a form field' },
      access: 'signed-in',
      outsiders: true,
      params: OfRegister,
      body: { kind: 'json', schema: RegisterSuggestionQuery },
      response: { status: 200, description: 'Rows by their label', schema: RegisterSuggestions },
      // A question with a body: it changes nothing, so a repeat needs no key.
      repeatable: false,
      handler: async ({ params, body, principal, language }) =>
        ok(await registers.suggestions(params.registerKey, body, { principal, language })),
    }),
    route({
      method: 'post',
      path: '/api/registers/:registerKey/import',
      summary: { ru: 'Загрузить строки из файла', en: 'Import rows from a file' },
      access: 'signed-in',
      params: OfRegister,
      query: RegisterImportQuery,
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: {
        status: 200,
        description: 'What became of the rows, or would: one part `file`, XLSX or CSV',
        schema: RegisterImportReport,
      },
      handler: async ({ params, query, principal, language, command, request }) => {
        const { mode, mapping } = query;
        return ok(await transfers.importFile({ ...params, mode, mapping, principal, language, command, request }));
      },
    }),
    route({
      method: 'post',
      path: '/api/registers/:registerKey/import/bad-rows',
      summary: { ru: 'Строки файла с ошибками', en: 'Rows of a file that cannot be taken' },
      access: 'signed-in',
      params: OfRegister,
      query: RegisterBadRowsQuery,
      body: { kind: 'stream', contentType: 'multipart/form-data' },
      response: { status: 200, description: 'The rows with why, as CSV', contentType: 'text/csv' },
      // It changes nothing, so a repeat needs no key.
      repeatable: false,
      handler: async ({ params, query, principal, language, request }) =>
        content(await transfers.badRows({ ...params, mapping: query.mapping, principal, language, request }), {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': contentDisposition('attachment', `${params.registerKey}-errors.csv`),
        }),
    }),
    route({
      method: 'get',
      path: '/api/registers/:registerKey/export',
      summary: { ru: 'Выгрузить строки в файл', en: 'Export rows to a file' },
      access: 'signed-in',
      params: OfRegister,
      query: RegisterExportQuery,
      response: { status: 200, description: 'The rows that the filters let through', contentType: XLSX },
      handler: async ({ params, query, principal, language }) =>
        content(await transfers.exportFile(params.registerKey, query, { principal, language }), {
          'content-type': query.format === 'csv' ? 'text/csv; charset=utf-8' : XLSX,
          'content-disposition': contentDisposition('attachment', `${params.registerKey}.${query.format}`),
        }),
    }),
  ];
}
