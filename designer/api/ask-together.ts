/** As many at once as the server takes comfortably. */
const MOST = 50;

interface Waiting<T> {
  readonly values: readonly string[];
  readonly resolve: (found: readonly T[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Every cell that shows a row of a register asks for its name; those that ask in one go, when a table is drawn, become one request.
 * Each is answered with what it asked for.
 */
export function createAskTogether<T extends { readonly value: string }>(
  ask: (topic: string, values: readonly string[]) => Promise<readonly T[]>,
): (topic: string, values: readonly string[]) => Promise<readonly T[]> {
  const waiting = new Map<string, Waiting<T>[]>();
  const send = async (topic: string): Promise<void> => {
    const together = waiting.get(topic)!;
    waiting.delete(topic);
    const values = [...new Set(together.flatMap((one) => one.values))];
    const parts = Array.from({ length: Math.ceil(values.length / MOST) }, (_, at) =>
      values.slice(at * MOST, (at + 1) * MOST),
    );
    try {
      const found = (await Promise.all(parts.map((part) => ask(topic, part)))).flat();
      for (const one of together) one.resolve(found.filter(({ value }) => one.values.includes(value)));
    } catch (error) {
      for (const one of together) one.reject(error);
    }
  };
  return (topic, values) =>
    new Promise((resolve, reject) => {
      const together = waiting.get(topic) ?? [];
      waiting.set(topic, together);
      together.push({ values, resolve, reject });
      if (together.length === 1) queueMicrotask(() => void send(topic));
    });
}
