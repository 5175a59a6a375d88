import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../config.ts';
import { say } from '../progress.ts';
import { aptInstall, canInstall } from '../system/apt.ts';
import { findProgram, runCommand, runVisibly } from '../system/command.ts';

/** A way to run docker compose for one project. */
export interface Compose {
  /** Runs it with the terminal. Throws when it ends badly. */
  run(...args: string[]): Promise<void>;
}

/** Compose as a plugin of docker, or the older program of its own, which apt has. */
async function findCompose(env: Record<string, string>, mayInstall: boolean): Promise<string[]> {
  const docker = await findProgram('docker');
  if (docker !== undefined && (await runCommand(docker, ['compose', 'version'], { env })).code === 0)
    return [docker, 'compose'];
  const existing = await findProgram('docker-compose');
  if (existing !== undefined) return [existing];
  if (!mayInstall || !(await canInstall()))
    throw new Error('cannot run docker compose: neither "docker compose" nor docker-compose is installed');
  say('Installing docker-compose');
  await aptInstall(['docker-compose'], join(tmpdir(), 'tenon-compose-apt.log'));
  return [(await findProgram('docker-compose')) ?? 'docker-compose'];
}

/** Compose for the file in the root of the clone. `env` holds the secrets; they are in no argument. */
export async function composeFor(
  project: string,
  env: Record<string, string>,
  mayInstall: boolean,
): Promise<Compose> {
  const [program = 'docker', ...first] = await findCompose(env, mayInstall);
  // The older program builds with the engine's classic builder: its BuildKit needs a plugin that Debian does not have.
  const builder = first.length === 0 ? { DOCKER_BUILDKIT: '0', COMPOSE_DOCKER_CLI_BUILD: '0' } : {};
  return {
    run: async (...args) => {
      const code = await runVisibly(program, [...first, '--project-name', project, ...args], {
        cwd: root,
        env: { ...env, ...builder },
      });
      if (code !== 0) throw new Error(`docker compose ${args.join(' ')} ended with ${code}`);
    },
  };
}
