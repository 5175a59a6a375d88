import { daemonAt, machineDaemon, startDaemon, stopDaemon } from '../engine/daemon.ts';
import { locateEngine } from '../engine/locate.ts';
import { messageOf, say, step } from '../progress.ts';
import { findProgram } from '../system/command.ts';

export interface TestEngine {
  /** undefined: there is none, and the suites that need one fail or say so. */
  socket: string | undefined;
  /** Stops the engine when it was started for the tests. */
  stop(): Promise<void>;
}

/** Its data stays between runs, so that the instance image is built once. */
const testDaemon = daemonAt('/var/tmp/tenon-test-engine');

const nothingToStop = () => Promise.resolve();

/** The engine for tests: `wanted` when given, else one that is there, else a dockerd of our own for this run. */
export async function provideTestEngine(wanted: string | undefined): Promise<TestEngine> {
  if (wanted !== undefined) return { socket: wanted, stop: nothingToStop };
  for (const candidate of [machineDaemon.socket, testDaemon.socket]) {
    const found = await locateEngine({ engineSocket: candidate });
    if (found?.socketPath !== undefined) return { socket: found.socketPath, stop: nothingToStop };
  }
  if (process.getuid?.() !== 0 || (await findProgram('dockerd')) === undefined) {
    say('No container engine: start one, or run the tests as root where docker.io is installed');
    return { socket: undefined, stop: nothingToStop };
  }
  try {
    await step('Starting a container engine for the tests', () => startDaemon(testDaemon));
    return { socket: testDaemon.socket, stop: () => stopDaemon(testDaemon) };
  } catch (error) {
    say(messageOf(error));
    return { socket: undefined, stop: nothingToStop };
  }
}
