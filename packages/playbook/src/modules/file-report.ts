import type { RemoteOutput } from '../transport/transport.js';
import { failure, type Step } from './module.js';

/**
 * Script text: `report STATUS MESSAGE` prints what happened to `$d` and ends the script. Fields end with NUL,
 * because a path may hold anything else.
 */
export const reportFunction =
  `report() { printf '%s\\0%s\\0%s\\0' "$1" "$2" "$d"; ` +
  `[ "$1" = failed ] || [ ! -e "$d" ] && [ ! -L "$d" ] || stat -c '%a|%u|%g|%U|%G|%s|%F' -- "$d"; exit 0; }; c=0; `;

const KINDS: Readonly<Record<string, string>> = { directory: 'directory', 'symbolic link': 'link' };

/** What a script has reported about one path. */
export interface FileReport {
  readonly status: string;
  readonly message: string;
  readonly path: string;
  /** As Ansible returns it: mode "0644", uid, gid, owner, group, size, state; empty when the path is absent. */
  readonly facts: Readonly<Record<string, unknown>>;
}

function factsOf(line: string): Record<string, unknown> {
  const [mode, uid, gid, owner, group, size, kind] = line.trim().split('|');
  if (mode === undefined || kind === undefined) return {};
  return {
    mode: mode.padStart(4, '0'),
    uid: Number(uid),
    gid: Number(gid),
    owner,
    group,
    size: Number(size),
    state: KINDS[kind] ?? 'file',
  };
}

/** Reads what `report` printed; a failed Step when the script broke or reported a failure. */
export function readReport(output: RemoteOutput, what: string): FileReport | Step {
  const [status, message, path, facts] = output.stdout.toString().split('\0');
  if (status === undefined || path === undefined || output.rc !== 0) {
    const why = output.stderr.toString().trim() || `the script ended with ${output.rc}`;
    return failure(`cannot ${what}: ${why}`);
  }
  if (status === 'failed') return failure(message ?? '', { path });
  return { status, message: message ?? '', path, facts: factsOf(facts ?? '') };
}
