import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from './config-error.js';
import { parseConfigFile, type ConfigTexts } from './config-file.js';
import { expandPath, type ConfigEnvironment, type PathOrigin } from './expand-path.js';
import type { Setting } from './setting.js';
import { SETTINGS, type SettingValues } from './settings.js';

/** The configuration of the engine, from ansible.cfg and the environment. */
export interface EngineConfig extends SettingValues {
  /** The ansible.cfg that was read. */
  readonly configFile: string | undefined;
  /** What the person who configured this should know. */
  readonly warnings: readonly string[];
}

const WRITABLE_BY_ALL = 0o002;

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder that everyone may write to is no place for a configuration that names programs to run. */
function findConfigFile(env: ConfigEnvironment, cwd: string): { path?: string; warnings: string[] } {
  const origin = { base: cwd, cwd, env };
  const named = env['ANSIBLE_CONFIG'];
  const asked = named === undefined ? [] : [expandPath(named, origin)];
  const chosen = asked.map((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, 'ansible.cfg') : path,
  );
  const here = join(cwd, 'ansible.cfg');
  const isPublic = ((statSync(cwd, { throwIfNoEntry: false })?.mode ?? 0) & WRITABLE_BY_ALL) !== 0;
  const candidates = [
    ...chosen,
    ...(isPublic ? [] : [here]),
    expandPath('~/.ansible.cfg', origin),
    '/etc/ansible/ansible.cfg',
  ];
  const path = candidates.find(isReadable);
  const skipped = isPublic && existsSync(here) && (path === undefined || !chosen.includes(path));
  const why = `Ansible is being run in a world writable directory (${cwd}), ignoring it as an ansible.cfg source.`;
  return { ...(path !== undefined && { path }), warnings: skipped ? [why] : [] };
}

interface Sources {
  readonly texts: ConfigTexts;
  readonly file: string | undefined;
  readonly env: ConfigEnvironment;
  readonly cwd: string;
}

function valueOf<T>(name: string, setting: Setting<T>, { texts, file, env, cwd }: Sources): T {
  const variable = setting.environment.findLast((each) => env[each] !== undefined);
  const key = setting.keys.findLast((each) => texts.has(each));
  const written = variable === undefined ? key && texts.get(key) : env[variable];
  if (written === undefined) return setting.preset;
  const base = variable === undefined && file !== undefined ? dirname(file) : cwd;
  const origin: PathOrigin = { base, cwd, env };
  try {
    return setting.read(written, origin);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const where = variable ?? `${key ?? name} of ${file ?? ''}`;
    throw new ConfigError(`cannot use ${JSON.stringify(written)} for ${where}: ${error.message}`);
  }
}

/**
 * Finds and reads the configuration: $ANSIBLE_CONFIG, ./ansible.cfg (unless everyone may write there), ~/.ansible.cfg,
 * /etc/ansible/ansible.cfg, the first that is there; environment variables win over it. Throws ConfigError.
 */
export function readConfig(env: ConfigEnvironment, cwd: string): EngineConfig {
  const { path: file, warnings } = findConfigFile(env, cwd);
  const texts =
    file === undefined ? new Map<string, string>() : parseConfigFile(file, readFileSync(file, 'utf8'));
  const found = Object.entries(SETTINGS).map(([name, setting]) => [
    name,
    valueOf<unknown>(name, setting, { texts, file, env, cwd }),
  ]);
  const origin = { base: cwd, cwd, env };
  // The entries are those of SETTINGS, each read by its own setting.
  const values = Object.fromEntries(found) as SettingValues;
  const rolesPath = values.rolesPath.map((path) => expandPath(path, origin));
  return { ...values, rolesPath, configFile: file, warnings };
}
