import { join } from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { startDelayProxy } from './delay-proxy.ts';
import { openTransport, runHere, type Way } from './in-process.ts';
import { median } from './measure.ts';
import { boundRow, type Row } from './table.ts';

const ROUND_TRIP_MS = 20;
const GOAL = 1.5;
/** TCP 1, ssh 5 (version and keys, service, user, channel), opening the root shell 3. */
const CONNECTING = 9;
/** Tasks that wait for each other's results: one batch is one round trip. */
const BATCHES = 1;
const NEAR: Pick<Way, 'port'> = { port: 22 };

async function times(
  lab: Lab,
  playbook: string,
  way: Way,
  { runs, warm }: { runs: number; warm: boolean },
): Promise<number> {
  const found: number[] = [];
  let transport = openTransport(lab);
  await runHere(playbook, transport, way);
  for (let number = 0; number < runs; number++) {
    if (!warm) {
      await transport.close();
      transport = openTransport(lab);
    }
    found.push(await runHere(playbook, transport, way));
  }
  await transport.close();
  return median(found);
}

/**
 * The seed's playbook at a round trip of 20 ms. The bound is what the same run takes without the delay, and the round
 * trips that cannot be saved: those of connecting, and one for each batch of tasks that depends on another.
 */
export async function measureFarAway(lab: Lab, runs: number): Promise<Row[]> {
  const playbook = join(lab.folder, 'bench', 'seed.yml');
  const near = { ...NEAR, address: lab.address(10) };
  const proxy = await startDelayProxy(near, ROUND_TRIP_MS);
  const rows: Row[] = [];
  for (const warm of [false, true]) {
    const base = await times(lab, playbook, near, { runs, warm });
    const tenon = await times(lab, playbook, proxy, { runs, warm });
    const bound = base + ((warm ? 0 : CONNECTING) + BATCHES) * (ROUND_TRIP_MS / 1000);
    const name = `seed at ${ROUND_TRIP_MS} ms, ${warm ? 'warm' : 'new connection'}`;
    rows.push(boundRow({ name, bound, tenon, goal: GOAL }));
  }
  proxy.close();
  return rows;
}
