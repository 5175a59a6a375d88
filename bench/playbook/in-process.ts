import { homedir, userInfo } from 'node:os';
import { readFileSync } from 'node:fs';
import { runPlaybook } from '@tenon/playbook/run-playbook';
import { createInventoryTransport } from '@tenon/playbook/transport/inventory-transport';
import type { Transport } from '@tenon/playbook/transport/transport';
import type { Lab } from '../lab/lab.ts';

/** Where the machine answers, when not at its own address. */
export interface Way {
  readonly address: string;
  readonly port: number;
}

/** A transport to the machine as the worker has one: it stays open between runs. */
export function openTransport(lab: Lab): Transport {
  return createInventoryTransport({
    homeFolder: homedir(),
    userName: userInfo().username,
    wishes: {
      user: 'ubuntu',
      privateKeyFile: `${lab.state}/keys/id`,
      // The same machine by another way has the same key.
      sshArguments: [`-o UserKnownHostsFile=${lab.state}/keys/kh -o HostKeyAlias=${lab.address(10)}`],
    },
  });
}

/** Runs a playbook in this process; gives the time in s. Throws when it fails. */
export async function runHere(
  playbook: string,
  transport: Transport,
  { address, port }: Way,
): Promise<number> {
  const begun = performance.now();
  const inventory = { hosts: [{ name: 't', vars: { ansible_host: address, ansible_port: port } }] };
  const vars = { trusted: { instance_name: 't', tenant_message: 'hi there' } };
  const source = { path: playbook, text: readFileSync(playbook, 'utf8') };
  const result = await runPlaybook(source, inventory, vars, { transport, confined: false });
  if (result.outcome !== 'succeeded') throw new Error(`${playbook}: ${JSON.stringify(result.failures)}`);
  return (performance.now() - begun) / 1000;
}
