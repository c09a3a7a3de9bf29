import assert from 'node:assert/strict';

/** One write that a client sent, with its key; `answer` is what the server acknowledged, null while nobody knows. */
export interface Sent {
  readonly what: 'mail' | 'start' | 'complete';
  readonly request: string;
  readonly key: string;
  readonly body: string;
  answer: string | null;
}

/** A client that remembers every write it sent and every answer it got. */
export class Load {
  readonly sent: Sent[] = [];
  readonly #name: string;
  #url = '';
  #authorization = '';
  #running = false;
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  connect(url: string, login: { readonly username: string; readonly password: string }): void {
    this.#url = url;
    this.#authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  }

  /** Writes until the connection breaks or `stop` is called: a mail, a process start, the completion of its task. */
  async run(processDefinitionId: string): Promise<void> {
    this.#running = true;
    while (this.#running) {
      const id = `${this.#name}-${(this.#count += 1)}`;
      if (
        (await this.#send({
          what: 'mail',
          request: 'POST /api/intake/mail',
          key: id,
          body: mail(id),
          answer: null,
        })) === null
      )
        return;
      const start = { what: 'start', request: 'POST /v2/process-instances', key: `start-${id}`, answer: null } as const;
      const started = await this.#send({ ...start, body: JSON.stringify({ processDefinitionId, variables: { id } }) });
      if (started === null) return;
      const { processInstanceKey } = JSON.parse(started) as { processInstanceKey: string };
      const key = await this.#taskOf(processInstanceKey);
      if (key === null) return;
      const complete = {
        what: 'complete',
        request: `POST /v2/user-tasks/${key}/completion`,
        key: `complete-${id}`,
        answer: null,
      } as const;
      if ((await this.#send({ ...complete, body: JSON.stringify({ variables: { done: id } }) })) === null) return;
    }
  }

  stop(): void {
    this.#running = false;
  }

  /** Sends the same write again, with the same key. @returns the answer */
  async repeat(one: Sent): Promise<string> {
    const answer = await this.#post(one);
    assert.notEqual(answer, null, `${one.request} is answered after the restart`);
    return answer!;
  }

  async #send(one: Sent): Promise<string | null> {
    this.sent.push(one);
    one.answer = await this.#post(one);
    return one.answer;
  }

  async #post({ what, request, key, body }: Sent): Promise<string | null> {
    const [method, path] = request.split(' ') as [string, string];
    const response = await this.#fetch(path, {
      method,
      body,
      headers: { 'content-type': what === 'mail' ? 'message/rfc822' : 'application/json', 'idempotency-key': key },
    });
    if (response === null) return null;
    assert.ok(response.status < 300, `${request}: ${response.status} ${response.text}`);
    // A mail that is taken in again says "duplicate" and names the same case.
    return what === 'mail' ? (JSON.parse(response.text) as { caseNumber: string }).caseNumber : response.text;
  }

  async #taskOf(processInstanceKey: string): Promise<string | null> {
    const body = JSON.stringify({ filter: { processInstanceKey } });
    const response = await this.#fetch('/v2/user-tasks/search', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    if (response === null) return null;
    const { items } = JSON.parse(response.text) as { items: readonly { userTaskKey: string }[] };
    assert.equal(items.length, 1, `one task of ${processInstanceKey}`);
    return items[0]!.userTaskKey;
  }

  /** Null when the connection broke before the whole answer was here: then nobody knows what became of the write. */
  async #fetch(
    path: string,
    init: { method: string; body: string; headers: Record<string, string> },
  ): Promise<{ status: number; text: string } | null> {
    try {
      const response = await fetch(this.#url + path, {
        ...init,
        headers: { ...init.headers, authorization: this.#authorization },
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return null;
    }
  }
}

function mail(id: string): string {
  return [
    `From: Client <client@stroymir.example>`,
    'To: reklama@tehnika.example',
    `Message-ID: <${id}@kill-nine.example>`,
    `Subject: Case ${id}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Получили 8 дрелей из 10.',
    '',
  ].join('\r\n');
}
