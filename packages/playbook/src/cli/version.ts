import { readConfig } from '../config/config.js';
import type { Invocation } from './invocation.js';

const VERSION = '0.1.0';

/** What `--version` prints; the second number is the version of Ansible's language. */
export function versionText(program: string, { env, cwd }: Invocation): string {
  const { configFile = 'None' } = readConfig(env, cwd);
  return `${program} ${VERSION} [core 2.14.18]\n  config file = ${configFile}\n  node version = ${process.version}`;
}
