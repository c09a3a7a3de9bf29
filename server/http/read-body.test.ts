import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { Type } from '@sinclair/typebox';
import type { Request } from 'express';
import { readBody } from './read-body.ts';

describe('the body of a request', () => {
  it('is not waited for when the client went away before it was asked for', async () => {
    const request = new IncomingMessage(new Socket());
    request.headers = { 'content-type': 'application/json', 'content-length': '10' };
    request.destroy();
    await turn();
    const reading = readBody(request as unknown as Request, { kind: 'json', schema: Type.Any() });
    await assert.rejects(reading, /the client went away/);
  });
});
