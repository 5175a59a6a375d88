import { basename, join } from 'node:path';

import { hashPlaybook } from '@tenon/playbook/playbook-files';
import { runPlaybook, type RunEvent } from '@tenon/playbook/run-playbook';
import { createSshTransport } from '@tenon/playbook/transport/ssh';
import type { Configurator, PlaybookEvent } from '@tenon/reconciler/configurator-port';
import type { ConfigureTarget } from '@tenon/reconciler/subject';

import { shownEvent } from './shown-event.js';

/** How long a hash is good for, in ms: comparing a thousand tenants reads the playbook once. */
const HASH_MS = 1000;

/** The playbook engine behind the reconciler's port. Connections stay open for the next run until `close`. */
export function createConfigurator(
  playbooksDir: string,
  now: () => number,
): Configurator & { close(): Promise<void> } {
  const targets = new Map<string, ConfigureTarget>();
  const hashes = new Map<string, { at: number; hash: Promise<string> }>();
  const transport = createSshTransport({ targetFor: (host) => targetOf(host, targets) });

  return {
    hash: (playbook) => {
      const known = hashes.get(playbook);
      if (known !== undefined && now() - known.at < HASH_MS) return known.hash;
      const hash = Promise.resolve().then(() => hashPlaybook(pathOf(playbook, playbooksDir)));
      hashes.set(playbook, { at: now(), hash });
      return hash;
    },
    run: async ({ playbook, target, trusted, unsafe, signal, onEvent }) => {
      targets.set(target.name, target);
      return runPlaybook(
        { path: pathOf(playbook, playbooksDir) },
        { hosts: [{ name: target.name }] },
        { trusted, unsafe },
        { transport, signal, onEvent: (event) => show(event, onEvent), confined: true },
      );
    },
    close: () => transport.close(),
  };
}

function show(event: RunEvent, onEvent: (event: PlaybookEvent) => void): void {
  const shown = shownEvent(event);
  if (shown !== undefined) onEvent(shown);
}

/** The setting is a name of a file in one folder. It is checked where it is stored, and here, where it would hurt. */
function pathOf(playbook: string, playbooksDir: string): string {
  if (playbook === '' || basename(playbook) !== playbook || playbook.startsWith('.')) {
    throw new Error(
      `cannot run the playbook "${playbook}": it is not the name of a file in the playbooks folder`,
    );
  }
  return join(playbooksDir, playbook);
}

function targetOf(host: string, targets: ReadonlyMap<string, ConfigureTarget>): ConfigureTarget {
  const target = targets.get(host);
  if (target === undefined) throw new Error(`cannot reach ${host}: it is not the machine of this run`);
  return target;
}
