import { readFile, readdir, readlink } from 'node:fs/promises';

/** The inodes of the sockets that listen on a port, out of /proc/net/tcp and tcp6. */
async function listeningInodes(port: number): Promise<Set<string>> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      // sl, local address:port, remote, state (0A: listening), queues, timer, retransmits, uid, timeout, inode
      const fields = line.trim().split(/\s+/);
      if (fields[3] === '0A' && fields[1]?.endsWith(`:${wanted}`) && fields[9] !== undefined)
        inodes.add(fields[9]);
    }
  }
  return inodes;
}

async function holds(pid: string, inodes: Set<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

/** Who listens on a port, in words: "nginx (process 812)", or "another program" where the system does not tell. */
export async function portHolder(port: number): Promise<string> {
  const inodes = await listeningInodes(port);
  const pids = inodes.size === 0 ? [] : (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holds(pid, inodes))) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const words = command.split('\0').join(' ').trim();
    return `${words.length > 80 ? `${words.slice(0, 80)}…` : words} (process ${pid})`;
  }
  return 'another program';
}
