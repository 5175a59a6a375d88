import type { Subset } from './subset.js';

/** The variables as the task has them, before the script sets its own. */
export const environment: Subset = {
  name: 'env',
  minimal: true,
  commands: { env: 'env -0' },
  read(printed) {
    const variables = printed
      .section('env')
      .split('\0')
      .map((each): [string, string] => {
        const at = each.indexOf('=');
        return [each.slice(0, at), each.slice(at + 1)];
      });
    return { env: Object.fromEntries(variables.filter(([name]) => name !== '')) };
  },
};

/** The real and the effective id from a line of /proc/self/status. */
function idsOf(lines: readonly string[], label: string): number[] {
  const line = lines.find((each) => each.startsWith(`${label}:`)) ?? '';
  return line.split(/\s+/).slice(1, 3).map(Number);
}

/** The user is who the environment says, as Python's getpass does it. */
export const user: Subset = {
  name: 'user',
  also: [
    ...['user_id', 'user_uid', 'user_gid', 'user_gecos', 'user_dir', 'user_shell'],
    ...['real_user_id', 'effective_user_id', 'effective_group_ids'],
  ],
  minimal: true,
  files: ['/proc/self/status'],
  commands: { user: 'u=${LOGNAME:-${USER:-$(id -un)}}; getent passwd -- "$u" || getent passwd "$(id -u)"' },
  read(printed) {
    const status = printed.lines('/proc/self/status');
    const [realUser, effectiveUser] = idsOf(status, 'Uid');
    const [realGroup] = idsOf(status, 'Gid');
    const [id, , uid, gid, gecos, dir, shell] =
      printed.section('user').trim().split('\n')[0]?.split(':') ?? [];
    return {
      user_id: id,
      user_uid: Number(uid),
      user_gid: Number(gid),
      user_gecos: gecos,
      user_dir: dir,
      user_shell: shell,
      real_user_id: realUser,
      effective_user_id: effectiveUser,
      real_group_id: realGroup,
      effective_group_id: realGroup,
    };
  },
};
