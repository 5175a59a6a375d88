import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { characters } from '@tenon/jinja/python/convert';
import type { Value } from '@tenon/jinja/values';

/** Settings of Ansible that a playbook may ask for, as they are without an ansible.cfg. */
const SETTINGS: Readonly<Record<string, Value>> = {
  ANSIBLE_NOCOWS: false,
  COLOR_OK: 'green',
  DEFAULT_BECOME: false,
  DEFAULT_BECOME_METHOD: 'sudo',
  DEFAULT_BECOME_USER: 'root',
  DEFAULT_FORKS: 5,
  DEFAULT_GATHERING: 'implicit',
  DEFAULT_HASH_BEHAVIOUR: 'replace',
  DEFAULT_JINJA2_NATIVE: false,
  DEFAULT_MANAGED_STR: 'Ansible managed',
  DEFAULT_REMOTE_PORT: null,
  DEFAULT_REMOTE_USER: null,
  DEFAULT_TIMEOUT: 10,
  HOST_KEY_CHECKING: true,
  RETRY_FILES_ENABLED: false,
};

function setting(name: string, onMissing: string): Value[] {
  if (Object.hasOwn(SETTINGS, name)) return [SETTINGS[name] ?? null];
  if (onMissing !== 'error') return [];
  throw new LookupError(
    `Unable to find setting ${name}`,
    `there is no ansible.cfg here; known are ${Object.keys(SETTINGS).join(', ')}`,
  );
}

/** The lookups that are there for their names: few settings exist, and the web is asked by the module uri. */
export const limitedLookups: Readonly<Record<string, Lookup>> = {
  config: ({ positional, named }) =>
    positional.flatMap((term) => setting(characters(term), characters(named.get('on_missing') ?? 'error'))),
  url: () => {
    throw new LookupError(
      "the lookup 'url' is not available: a template cannot wait for the network",
      'use the module uri and register its result',
    );
  },
};
