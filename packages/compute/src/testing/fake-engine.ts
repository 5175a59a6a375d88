import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server on a socket that stands where an engine would. */
export interface FakeEngine {
  socket: string;
  stop(): Promise<void>;
}

/** Answers to paths, e.g. `{ '/version': {…} }`; whatever is not among them is passed on to `engineSocket`, or is a 404. */
export async function fakeEngine(
  answers: Record<string, unknown>,
  engineSocket?: string,
): Promise<FakeEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-fake-engine-'));
  const socket = join(folder, 'docker.sock');
  const server = createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '').replace(/\?.*$/, '');
    if (path in answers)
      outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(answers[path]));
    else if (engineSocket !== undefined) passOn(incoming, outgoing, engineSocket);
    else outgoing.writeHead(404).end('{"message":"not here"}');
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, socketPath: string): void {
  const { method, url, headers } = incoming;
  const onward = request({ socketPath, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
}
