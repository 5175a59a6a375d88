import type { Lab } from '../lab/lab.ts';

/** What a playbook may have changed: folders of its own, and files that modules of the system write. */
const WATCHED = [
  ...['/opt', '/etc/cron.d', '/var/spool/cron', '/etc/apt/sources.list.d', '/etc/systemd/system'],
  ...['/etc/nginx', '/etc/apache2', '/var/www', '/etc/hostname'],
].join(' ');

/** Times, random texts and what belongs to the way of working of one engine. */
const VOLATILE = String.raw`^d .* /opt/conformance ->|/gnupg(/|$)|/\.git/|\.[0-9]+\.[0-9-]+@[0-9:]+~( |$)|/origin/|pack\.(zip|tar\.gz)$|/ring\.gpg|/key\.asc$`;

/** A line a file: kind, mode, owner, content; sorted. */
export async function machineState(lab: Lab): Promise<string[]> {
  const list = String.raw`find ${WATCHED} -printf '%y %m %u:%g %p -> %l\n' 2>/dev/null | grep -Ev '${VOLATILE}' | sort -k4`;
  // The file of crontab(1) begins with the time of its last change.
  const sums = `find ${WATCHED} -type f 2>/dev/null | grep -v /spool/cron/ | grep -Ev '${VOLATILE}' | sort | tr '\\n' '\\0' | xargs -0r sha256sum`;
  const jobs = 'crontab -l 2>/dev/null; crontab -l -u www-data 2>/dev/null';
  const users = `getent passwd | cut -d: -f1,3-7 | sort; getent group | sort`;
  const { stdout } = await lab.exec(`${list}; ${sums}; ${jobs}; ${users}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}
