import type { Compute, Machine } from '../compute-port.js';
import type { SendHints } from '../ports.js';
import type { KnownMachine, SweepStore } from '../sweep-port.js';

/** Compares the engine with the rows: a machine that was removed or stopped by hand, or lost its network, is pending again. */
export async function compareMachines(
  store: SweepStore,
  compute: Compute,
  sendHints: SendHints,
): Promise<void> {
  const machines = new Map((await compute.list()).map((machine) => [machine.name, machine]));
  for (const known of await store.machines()) {
    if (known.enactedOn === null || isAsRecorded(known, machines.get(known.name))) continue;
    // The list may be older than the row. Only what is seen again is believed.
    if (isAsRecorded(known, (await compute.observe(known.name)) ?? undefined)) continue;
    if (await store.loseMachine(known.key, known.enactedOn)) await sendHints([known.key]);
  }
  await compareNetworks(store, compute, sendHints);
}

/** A machine that is stopped or booting serves nothing, and its port may be another one when it is back. */
function isAsRecorded(known: KnownMachine, machine: Machine | undefined): boolean {
  if (machine?.state !== 'running' || machine.incarnation !== known.enactedOn) return false;
  return machine.ssh.host === known.sshHost && machine.ssh.port === known.sshPort;
}

async function compareNetworks(store: SweepStore, compute: Compute, sendHints: SendHints): Promise<void> {
  const present = new Set((await compute.listNetworks()).map(({ key }) => key));
  for (const { key, enacted, networkKeys } of await store.networks()) {
    if (!enacted || networkKeys.every((network) => present.has(network))) continue;
    if (await store.loseNetworks(key)) await sendHints([key]);
  }
}
