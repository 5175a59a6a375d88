import type Docker from 'dockerode';
import type { Machine, MachineSpec } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { keysHash } from '../keys-hash.js';
import { archiveOf } from './archive.js';
import { authorizedKeysFile, installedKeysHash } from './authorized-keys.js';
import type { Engine } from './engine.js';
import { booted } from './boot.js';
import { asking, askingFor } from './engine-errors.js';
import { label } from './labels.js';
import { isHalfMade, machineView } from './machine-view.js';
import type { EngineNames } from './names.js';

/** Inspections at the same time while listing: an engine answers them one by one anyway. */
const PARALLEL = 8;

/** What the machine verbs work on. */
export interface MachineContext {
  engine: Engine;
  installation: string;
  names: EngineNames;
}

/** See `ComputeDriver.observe`. */
export async function observeMachine(context: MachineContext, name: string): Promise<Machine | null> {
  const inspected = await inspectMachine(context, name);
  return inspected && isOurs(context, inspected) ? viewMachine(context, inspected) : null;
}

/** See `ComputeDriver.list`. */
export async function listMachines(context: MachineContext): Promise<Machine[]> {
  const { client } = context.engine;
  const filters = { label: [`${label.installation}=${context.installation}`] };
  const found = await asking('list machines', () => client.listContainers({ all: true, filters }));
  const machines: (Machine | null)[] = [];
  for (let first = 0; first < found.length; first += PARALLEL) {
    const group = found.slice(first, first + PARALLEL);
    machines.push(
      ...(await Promise.all(
        group.map(async ({ Id }) => {
          const inspected = await askingFor('list machines', null, () => client.getContainer(Id).inspect());
          return inspected && isOurs(context, inspected) ? viewMachine(context, inspected) : null;
        }),
      )),
    );
  }
  return machines.filter((machine) => machine !== null);
}

/** See `ComputeDriver.update`; `replace` makes a half-made machine anew. */
export async function updateMachine(
  context: MachineContext,
  spec: MachineSpec,
  replace: (spec: MachineSpec) => Promise<Machine>,
): Promise<Machine> {
  const what = `update machine ${spec.name}`;
  const inspected = await inspectMachine(context, spec.name);
  if (inspected === null || !isOurs(context, inspected)) {
    throw new DriverError('refused', `cannot ${what}: there is no such machine; create it`, {
      retryable: true,
    });
  }
  if (isHalfMade(inspected)) return replace(spec);
  const container = context.engine.client.getContainer(inspected.Id);
  await asking(what, async () => {
    if ((await installedKeysHash(container, spec.loginUser)) !== keysHash(spec.authorizedKeys)) {
      const keys = await archiveOf([authorizedKeysFile(spec.loginUser, spec.authorizedKeys)]);
      await container.putArchive(keys, { path: '/' });
    }
    if (inspected.State.Paused) await container.unpause();
    else if (!inspected.State.Running) await startContainer(container);
  });
  return booted(() => observeMachine(context, spec.name), what);
}

/** See `ComputeDriver.delete`. */
export async function deleteMachine(context: MachineContext, name: string): Promise<void> {
  const inspected = await inspectMachine(context, name);
  if (inspected === null || !isOurs(context, inspected)) return;
  await removeContainer(context, inspected.Id, `delete machine ${name}`);
}

/** Removes a container and its disk; one that is gone or going is fine. */
export async function removeContainer(context: MachineContext, id: string, what: string): Promise<void> {
  await askingFor(what, undefined, async () => {
    try {
      await context.engine.client.getContainer(id).remove({ force: true, v: true });
    } catch (error) {
      if (!(error instanceof Error && /removal of container .* is already in progress/i.test(error.message)))
        throw error;
    }
  });
}

/** Starts a container; one that runs already is fine (304, which dockerode takes as an error). */
export async function startContainer(container: Docker.Container): Promise<void> {
  try {
    await container.start();
  } catch (error) {
    if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 304)) throw error;
  }
}

/** The container behind a machine's name, whoever it belongs to; null when there is none. */
export async function inspectMachine(
  context: MachineContext,
  name: string,
): Promise<Docker.ContainerInspectInfo | null> {
  const container = context.engine.client.getContainer(context.names.container(name));
  return askingFor(`look at machine ${name}`, null, () => container.inspect());
}

/** Whether a container carries this installation's UUID and is a machine. */
export function isOurs({ installation }: MachineContext, inspected: Docker.ContainerInspectInfo): boolean {
  const labels = inspected.Config.Labels;
  return labels[label.installation] === installation && labels[label.name] !== undefined;
}

/** An inspected container as a machine. Throws `unavailable`. */
export async function viewMachine(
  context: MachineContext,
  inspected: Docker.ContainerInspectInfo,
): Promise<Machine> {
  return machineView(context.engine.client, inspected, await context.engine.traits());
}
