import { stripVTControlCharacters } from 'node:util';
import type Docker from 'dockerode';

/** One line of what an engine tells about a build, a pull or an import. */
interface ProgressEvent {
  stream?: string;
  status?: string;
  error?: string;
}

/**
 * Reads an engine's report to its end, handing on each line. Throws what the report says went wrong: the HTTP status was
 * sent before that was known, and followProgress takes a line with an error for any other line.
 */
export function followReport(
  client: Docker,
  report: NodeJS.ReadableStream,
  onLine: (line: string) => void,
): Promise<void> {
  let problem: string | undefined;
  return new Promise((resolve, reject) => {
    client.modem.followProgress(
      report,
      (error: Error | null) => {
        if (error) reject(error);
        else if (problem !== undefined) reject(new Error(problem));
        else resolve();
      },
      (event: ProgressEvent) => {
        problem ??= event.error;
        onLine(stripVTControlCharacters(event.stream ?? event.status ?? '').trim());
      },
    );
  });
}
