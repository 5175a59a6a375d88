import type { Problems } from './problem.js';
import type { YamlEntry } from './yaml.js';

/** Spellings that Ansible dropped (sudo, su: 2.9) or renamed. The seed's playbook uses `user` and `sudo`. */
const RENAMED: Readonly<Record<string, string>> = {
  sudo: 'become',
  sudo_user: 'become_user',
  su: 'become',
  su_user: 'become_user',
  user: 'remote_user',
};

/**
 * The one place where old spellings become new ones. `user` is the name of a module too, so it is only
 * renamed in a play. The new spelling wins when both are given.
 */
export function modernise(
  entries: readonly YamlEntry[],
  level: 'play' | 'work',
  problems: Problems,
): YamlEntry[] {
  const present = new Set(entries.map((entry) => entry.key));
  return entries.flatMap((entry) => {
    const now = Object.hasOwn(RENAMED, entry.key) ? RENAMED[entry.key] : undefined;
    const isModule = level === 'work' && entry.key === 'user';
    if (now === undefined || isModule) return [entry];
    problems.deprecation(entry.at, `"${entry.key}" is an old spelling of "${now}"; write "${now}"`);
    return present.has(now) ? [] : [{ ...entry, key: now }];
  });
}
