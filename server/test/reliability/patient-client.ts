import { setTimeout as sleep } from 'node:timers/promises';
import type { Login } from './nodes-on-postgres.ts';

const PAUSE_MS = 100;
const PATIENCE_MS = 60_000;

/** One write that was acknowledged. */
export interface Acknowledged {
  readonly key: string;
  readonly path: string;
  readonly answer: string;
}

/**
 * A client as the guide asks for one: every write has its key, and is sent again with it, to whoever of the servers answers, until it is
 * acknowledged. What is refused otherwise than by «not ready» is a failure of the test.
 */
export class PatientClient {
  readonly started: Acknowledged[] = [];
  readonly completed: Acknowledged[] = [];
  /** How often a write was sent again. */
  repeats = 0;
  /** The most tries that one write needed. */
  mostTries = 0;
  readonly #name: string;
  readonly #urls: () => readonly string[];
  readonly #login: Login;
  #count = 0;

  constructor(name: string, urls: () => readonly string[], login: Login) {
    this.#name = name;
    this.#urls = urls;
    this.#login = login;
  }

  /** Starts instances and completes the one task of each. */
  async run(processDefinitionId: string, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const id = `${this.#name}-${(this.#count += 1)}`;
      const start = await this.post('/v2/process-instances', `start-${id}`, { processDefinitionId, variables: { id } });
      this.started.push(start);
      const { processInstanceKey } = JSON.parse(start.answer) as { processInstanceKey: string };
      const filter = { processInstanceKey };
      const found = await this.post('/v2/user-tasks/search', null, { filter });
      const [task] = (JSON.parse(found.answer) as { items: readonly { userTaskKey: string }[] }).items;
      if (task === undefined) throw new Error(`Expected a task of ${processInstanceKey}, which was acknowledged.`);
      const complete = `/v2/user-tasks/${task.userTaskKey}/completion`;
      this.completed.push(await this.post(complete, `complete-${id}`, { variables: { done: id } }));
    }
  }

  /** @param key null for what only reads */
  async post(path: string, key: string | null, body: object): Promise<Acknowledged> {
    const began = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const urls = this.#urls();
      const answer = await this.#send(urls[attempt % urls.length]!, { path, key, body });
      if (answer !== null) {
        this.mostTries = Math.max(this.mostTries, attempt);
        return { key: key ?? '', path, answer };
      }
      if (performance.now() - began > PATIENCE_MS) throw new Error(`Expected ${path} to be answered within a minute.`);
      this.repeats += 1;
      await sleep(PAUSE_MS);
    }
  }

  /** Null when nobody knows, or the server says that it is not ready. */
  async #send(
    url: string,
    { path, key, body }: { readonly path: string; readonly key: string | null; readonly body: object },
  ): Promise<string | null> {
    const { username, password } = this.#login;
    const headers = {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
      ...(key === null ? {} : { 'idempotency-key': key }),
    };
    const signal = AbortSignal.timeout(30_000);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body), signal });
      text = await response.text();
    } catch {
      return null;
    }
    if (response.status === 503) return null;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text;
  }
}
