import type { Subset } from './subset.js';

const UNKNOWN = { system_capabilities: 'N/A', system_capabilities_enforced: 'N/A' };

/** What the user may do on the machine, as capsh of libcap tells it. */
export const capabilities: Subset = {
  name: 'caps',
  also: ['system_capabilities', 'system_capabilities_enforced'],
  minimal: true,
  commands: { capsh: 'command -v capsh >/dev/null && capsh --print' },
  read(printed) {
    const line = /^Current:(.*)$/m.exec(printed.section('capsh'))?.[1]?.trim();
    if (line === undefined) return UNKNOWN;
    const [, names = ''] = line.split('=');
    // A user with all of them is not held back by any.
    if (line === '=ep') return { system_capabilities: [], system_capabilities_enforced: 'False' };
    const enforced = names.split(',').map((name) => name.trim());
    return { system_capabilities: enforced, system_capabilities_enforced: 'True' };
  },
};
