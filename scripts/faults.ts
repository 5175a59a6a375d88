import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, root, type Config } from './config.ts';
import { daemonAt, startDaemon, stopDaemon } from './engine/daemon.ts';
import { locateEngine } from './engine/locate.ts';
import { editPlaybook } from './faults/edit-playbook.ts';
import { editSetting } from './faults/edit-setting.ts';
import type { Fault, Subject, Victim } from './faults/fault.ts';
import { untilHealed } from './faults/heal.ts';
import { killPostgres } from './faults/kill-postgres.ts';
import { killWorker } from './faults/kill-worker.ts';
import { watchForLies } from './faults/lie-detector.ts';
import { removeMachine } from './faults/remove-machine.ts';
import { restartEngine } from './faults/restart-engine.ts';
import { ApiClient } from './installation/api-client.ts';
import { build } from './installation/build.ts';
import { readFacts } from './installation/facts.ts';
import { startThrowaway, type Throwaway } from './installation/throwaway.ts';
import { messageOf, say, seconds, step } from './progress.ts';
import { provideTools } from './test/tools.ts';
import {
  createServiceWithSlice,
  createTenant,
  untilEngineIsReady,
  untilInSync,
  untilMessageIsServed,
} from './tutorial/actions.ts';

const faults: Fault[] = [killWorker, killPostgres, restartEngine, removeMachine, editPlaybook, editSetting];
const healLimitMs = 60_000;
const tenantPlaybook = 'exampletenant_playbook.yaml';

/** An engine that may be stopped: nobody else's machines are on it. */
const engine = daemonAt('/var/tmp/tenon-faults-engine');

async function makeSubject(client: ApiClient, serviceId: number, message: string): Promise<Subject> {
  const { id } = await createTenant(client, serviceId, message);
  const url = await untilMessageIsServed(client, id, message, 180_000);
  const tenant = await untilInSync(client, id, 60_000);
  return { id, url, message, instanceId: tenant.instance?.id ?? 0 };
}

async function makeVictim(installation: Throwaway, playbooks: string): Promise<Victim> {
  const client = new ApiClient(installation.url);
  await client.login('padmin@vicci.org', 'letmein');
  await step('Waiting for the instance image', () =>
    untilEngineIsReady(client, 600_000, (reason) => say(`  … ${reason}`)),
  );
  const serviceId = await createServiceWithSlice(client, 'Faulty', 'mysite_faults');
  const subjects = [
    await makeSubject(client, serviceId, 'the first message'),
    await makeSubject(client, serviceId, 'the other message'),
  ];
  const facts = await readFacts(installation.databaseUrl);
  if (!facts) throw new Error('cannot find the installation in its own database');
  return {
    installation,
    uuid: facts.uuid,
    client,
    engine,
    serviceId,
    playbooks,
    playbook: tenantPlaybook,
    pages: [],
    subjects,
  };
}

/** Inflicts one fault and waits until it is healed. Returns whether it was, in time and without a lie. */
async function endure(fault: Fault, victim: Victim): Promise<boolean> {
  const detector = watchForLies(victim);
  const begin = performance.now();
  let wrong: string[] = [];
  try {
    await fault.inflict(victim);
    await untilHealed(victim, healLimitMs);
  } catch (error) {
    wrong = [messageOf(error)];
  }
  const ms = performance.now() - begin;
  wrong.push(...(await detector.stop()));
  say(`${wrong.length === 0 ? 'good ' : 'WRONG'} ${seconds(ms).padStart(7)}  ${fault.name}`);
  for (const sentence of wrong) say(`               ${sentence}`);
  return wrong.length === 0;
}

async function endureAll(config: Config, rounds: number): Promise<boolean> {
  const playbooks = await mkdtemp(join(tmpdir(), 'tenon-playbooks-'));
  await cp(join(root, 'playbooks'), playbooks, { recursive: true });
  const installation = await startThrowaway(
    'faults',
    { ...config, engineSocket: engine.socket },
    { playbooks },
  );
  try {
    const victim = await makeVictim(installation, playbooks);
    let good = true;
    for (let round = 1; round <= rounds; round += 1) {
      for (const fault of faults) good = (await endure(fault, victim)) && good;
    }
    return good;
  } finally {
    await installation.discard();
    await rm(playbooks, { recursive: true });
  }
}

async function main(): Promise<boolean> {
  const config = readConfig();
  await provideTools(config.mayInstall, join(tmpdir(), 'tenon-test-apt.log'));
  await build();
  if (await locateEngine({})) {
    say(
      'Another container engine runs here: the start of a second one disturbs the published ports of its containers',
    );
  }
  await step('Starting an engine of its own', () => startDaemon(engine));
  try {
    return await endureAll(config, process.argv.includes('--quick') ? 1 : 5);
  } finally {
    await stopDaemon(engine);
  }
}

try {
  const good = await main();
  say(good ? 'All faults were healed.' : 'Not all faults were healed.');
  process.exit(good ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
