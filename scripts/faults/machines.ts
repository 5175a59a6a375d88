import { askEngine } from '../engine/socket.ts';
import type { Victim } from './fault.ts';

/** The ids of the machines, running or not, that carry the label of this instance. */
export async function machinesOf(victim: Victim, instanceId: number): Promise<string[]> {
  const label = [`tenon.installation=${victim.uuid}`, `tenon.owner=instance-${instanceId}`];
  const filters = encodeURIComponent(JSON.stringify({ label }));
  const answer = await askEngine(victim.engine.socket, 'GET', `/containers/json?all=1&filters=${filters}`);
  if (answer.status !== 200) throw new Error(`cannot list machines: the engine answered ${answer.status}`);
  return (JSON.parse(answer.body) as { Id: string }[]).map((container) => container.Id);
}
