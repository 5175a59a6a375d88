import type Docker from 'dockerode';
import { engineMessage } from '../engine-errors.js';
import { followReport } from './follow.js';

/** A registry that cannot be reached is given up after this; on a host without one it is waited for once. */
const FIRST_ANSWER_MS = 10_000;
const SILENCE_MS = 60_000;

/** Pulls an image. Returns null when it is there now, else why it could not be had (a clause). Never throws. */
export async function pullImage(
  client: Docker,
  reference: string,
  onProgress: (line: string) => void,
): Promise<string | null> {
  const abort = new AbortController();
  const giveUp = (): void => abort.abort(new Error('the registry does not answer'));
  let timer = setTimeout(giveUp, FIRST_ANSWER_MS);
  try {
    onProgress(`Pulling ${reference}`);
    const stream = await client.pull(reference, { abortSignal: abort.signal });
    const aborted = new Promise<never>((_resolve, reject) => {
      abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error));
    });
    const pulled = followReport(client, stream, () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
    });
    await Promise.race([pulled, aborted]);
    return null;
  } catch (error) {
    return abort.signal.aborted ? 'the registry does not answer' : engineMessage(error);
  } finally {
    clearTimeout(timer);
  }
}
