import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export type ReceivedMail = { readonly from: string; readonly to: readonly string[]; readonly raw: string };

export type TestSmtpServer = {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  readonly stop: () => Promise<void>;
};

/**
 * Enough of RFC 5321 to receive from a real client over a real socket: EHLO, MAIL, RCPT, DATA with dot-unstuffing,
 * RSET, NOOP, QUIT. `answerTo` may answer any command by another line; the line `drop` drops the
 * connection.
 */
export async function startSmtpServer(
  answerTo: (command: string, argument: string) => string | undefined = () => undefined,
): Promise<TestSmtpServer> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(socket, received, answerTo);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function serve(
  socket: Socket,
  received: ReceivedMail[],
  answerTo: (command: string, argument: string) => string | undefined,
): void {
  let buffer = '';
  let from = '';
  let to: string[] = [];
  let inData = false;
  const reply = (line: string): void => void socket.write(`${line}\r\n`);
  reply('220 test ESMTP');

  const obey = (line: string): void => {
    const command = line.slice(0, 4).toUpperCase();
    const argument = line.slice(4).trim();
    const special = answerTo(command, argument);
    if (special === 'drop') return void socket.destroy();
    if (special !== undefined) return reply(special);
    if (command === 'EHLO') return reply('250-test\r\n250 8BITMIME');
    if (command === 'MAIL') from = /<([^>]*)>/u.exec(argument)?.[1] ?? '';
    if (command === 'RCPT') to.push(/<([^>]*)>/u.exec(argument)?.[1] ?? '');
    if (command === 'RSET') [from, to] = ['', []];
    if (command === 'DATA') {
      inData = true;
      return reply('354 go ahead');
    }
    if (command === 'QUIT') return void socket.end('221 bye\r\n');
    reply('250 ok');
  };

  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1');
    for (;;) {
      if (inData) {
        const end = buffer.startsWith('.\r\n') ? 0 : buffer.indexOf('\r\n.\r\n');
        if (end < 0) return;
        const raw = buffer.slice(0, end + 2).replace(/^\.\./gmu, '.');
        buffer = buffer.slice(end + (end === 0 ? 3 : 5));
        inData = false;
        const special = answerTo('.', '');
        if (special === 'drop') return void socket.destroy();
        if (special === undefined) received.push({ from, to, raw });
        [from, to] = ['', []];
        reply(special ?? '250 queued');
      } else {
        const end = buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        obey(line);
      }
    }
  });
}
