import { request } from 'node:http';

export interface EngineAnswer {
  status: number;
  body: string;
}

/** One request to a container engine on a Unix socket. Rejects when nobody listens there or after `timeoutMs`. */
export function askEngine(
  socketPath: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  timeoutMs = 5_000,
): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, timeout: timeoutMs }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error(`no answer within ${String(timeoutMs / 1000)} s`)));
    call.on('error', reject);
    call.end();
  });
}

/** Whether an engine answers on this socket. */
export async function engineAnswers(socketPath: string): Promise<boolean> {
  try {
    return (await askEngine(socketPath, 'GET', '/_ping')).status === 200;
  } catch {
    return false;
  }
}
