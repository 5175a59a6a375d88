import type { Subset } from './subset.js';

const LEVELS: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', rc: 'candidate' };

/** The machine's Python, when it has one: nothing here needs it, but playbooks that run a program in it ask where it is. */
export const python: Subset = {
  name: 'python',
  also: ['python_version'],
  minimal: true,
  commands: {
    // As Ansible finds it: the distribution's, before one that the user has put in front.
    python: `p=/usr/bin/python3; [ -x $p ] || p=$(command -v python3) && printf '%s\\n' "$p" && "$p" -V 2>&1`,
  },
  read(printed) {
    const [executable = '', version = ''] = printed.section('python').split('\n');
    const parts = /^Python ((\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?)/.exec(version);
    if (parts === null) return {};
    const [, whole, ...numbers] = parts;
    const [major, minor, micro] = numbers.map(Number);
    const [, , , level = '', serial = '0'] = numbers;
    const releaselevel = LEVELS[level] ?? 'final';
    return {
      python: {
        executable,
        // Every Python 3 that is in use has it.
        has_sslcontext: true,
        type: 'cpython',
        version: { major, minor, micro, releaselevel, serial: Number(serial) },
        version_info: [major, minor, micro, releaselevel, Number(serial)],
      },
      python_version: whole,
    };
  },
};
