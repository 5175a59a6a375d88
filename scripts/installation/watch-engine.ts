import { setTimeout as sleep } from 'node:timers/promises';
import { say, seconds } from '../progress.ts';
import { readFacts } from './facts.ts';

const everyMs = 2_000;
const usualNat = '10.11.0.0/16';

/**
 * Prints how the engine and the instance image come along, each reason once, until instances can be made.
 * Ends quietly when `signal` says so. `isOutdated`: the reason that is known now is of a time before the engine.
 */
export async function watchEngine(
  databaseUrl: string,
  { signal, isOutdated }: { signal: AbortSignal; isOutdated: boolean },
): Promise<void> {
  const begin = performance.now();
  let told = isOutdated ? ((await readFacts(databaseUrl).catch(() => undefined))?.engineReason ?? '') : '';
  while (!signal.aborted) {
    const facts = await readFacts(databaseUrl).catch(() => undefined); // it may be starting again
    if (facts?.engineReady === true) {
      if (told !== '') say(`Instances can be made (after ${seconds(performance.now() - begin)})`);
      if (facts.natSubnet !== usualNat)
        say(
          `Instances get addresses from ${facts.natSubnet ?? 'nowhere'}, because ${usualNat} is taken here`,
        );
      return;
    }
    const reason = facts?.engineReason ?? '';
    if (reason !== '' && reason !== told) {
      told = reason;
      say(`Instances have to wait: ${reason}`);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
