import { openLocalLink } from './local-link.js';
import { SshRoutes, type SshOwner } from './ssh-routes.js';
import type { ConnectionWishes, Transport } from './transport.js';
import { createWarmTransport } from './warm-transport.js';

/** Whose connections these are, and what holds where a play says nothing. */
export interface InventoryTransportDefaults extends SshOwner {
  readonly wishes?: ConnectionWishes | undefined;
}

/**
 * Machines of an inventory, as a person at a command line reaches them: with OpenSSH's own files, keys, agent and
 * options, or without ssh on this very machine (`kind: 'local'`). Unknown host keys are refused unless wished otherwise.
 */
export function createInventoryTransport(defaults: InventoryTransportDefaults): Transport {
  const routes = new SshRoutes(defaults);
  const transport = createWarmTransport((host, wished) => {
    const wishes = { ...defaults.wishes, ...wished };
    if (wishes.kind === 'local')
      return { slot: 'local', version: '', open: () => Promise.resolve(openLocalLink()) };
    return {
      // A play may come as several users; each keeps its connection.
      slot: JSON.stringify([host, wishes]),
      version: '',
      open: (signal) => routes.open(wishes.address ?? host, wishes, signal),
    };
  });
  return {
    connect: (host, options) => transport.connect(host, options),
    close: async () => {
      await transport.close();
      routes.close();
    },
  };
}
