import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program printed and how it ended. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A throwaway machine and the files that ansible-playbook and tenon-playbook need to reach it. */
export interface Lab {
  /** The folder of BENCH_LAB, with target.sh and bench/. */
  readonly folder: string;
  /** For programs that work on the machine: the configuration in it, nothing of this session's. */
  readonly env: NodeJS.ProcessEnv;
  /** An inventory of the machine: `t`, `h1` to `h3` in `many`, and nobody_there, who does not answer. */
  readonly inventory: string;
  /** Files that are gone afterwards. */
  readonly scratch: string;
  readonly address: (host: number) => string;
  /** The folder with `keys/`. */
  readonly state: string;
  /** Runs a shell line on the machine as root. */
  exec(line: string): Promise<Output>;
  /** Makes the machine as it was at first. */
  reset(): Promise<void>;
  /** Ends the connections that ssh keeps for Ansible. */
  closeConnections(): Promise<void>;
  close(): void;
}

const NEEDED = `cannot run: BENCH_LAB or LAB is not set. BENCH_LAB names a folder with a program target.sh, which starts a throwaway
Debian machine with systemd and Python (target.sh up | down | reset | exec COMMAND): LAB is the folder for its state
($LAB/keys/id is the key of the user ubuntu, who may use sudo; $LAB/keys/kh the known hosts), NET the network in which it
answers at .10 to .69 (default 10.77.0). Real Ansible is needed beside it: apt-get install ansible.`;

const FIRST_HOST = 10;
/** No machine has this address. */
const SILENT_HOST = 99;

/** Runs a program to its end; its stdin is empty. */
export function run(
  program: string,
  args: readonly string[],
  { env = process.env, cwd }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

function configuration(keys: string, controlPath: string): string {
  const sshArgs = `-C -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${keys}/kh`;
  return [
    '[defaults]',
    'remote_user = ubuntu',
    `private_key_file = ${keys}/id`,
    'interpreter_python = /usr/bin/python3',
    'nocows = 1',
    'deprecation_warnings = False',
    'show_custom_stats = True',
    '[ssh_connection]',
    `ssh_args = ${sshArgs}`,
    `control_path_dir = ${controlPath}`,
    'pipelining = True',
    '',
  ].join('\n');
}

function inventoryText(address: (host: number) => string): string {
  const numbered = [1, 2, 3].map(
    (number) => `h${number} ansible_host=${address(FIRST_HOST + number)} number=${number}`,
  );
  return [
    `t ansible_host=${address(FIRST_HOST)}`,
    `nobody_there ansible_host=${address(SILENT_HOST)} ansible_ssh_extra_args="-o ConnectTimeout=2"`,
    '[many]',
    ...numbered,
    '[one]',
    'h1',
    't',
    '[one:vars]',
    'of_inventory=one',
    '',
  ].join('\n');
}

/** Opens the lab of BENCH_LAB; ends the program with a sentence when there is none. */
export async function openLab(): Promise<Lab> {
  const folder = process.env['BENCH_LAB'];
  const state = process.env['LAB'];
  if (folder === undefined || state === undefined || !existsSync(join(folder, 'target.sh'))) {
    process.stderr.write(`${NEEDED}\n`);
    process.exit(1);
  }
  const net = process.env['NET'] ?? '10.77.0';
  const scratch = mkdtempSync(join(tmpdir(), 'tenon-bench-'));
  const target = async (...words: string[]) =>
    run(join(folder, 'target.sh'), words, { env: { ...process.env, LAB: state, NET: net } });
  const up = await target('up');
  if (up.code !== 0) throw new Error(`cannot start the machine of ${folder}: ${up.stdout}${up.stderr}`);
  const address = (host: number) => `${net}.${host}`;
  mkdirSync(join(scratch, 'control'), { mode: 0o700 });
  const [config, inventory] = [join(scratch, 'ansible.cfg'), join(scratch, 'inventory')];
  writeFileSync(config, configuration(join(state, 'keys'), join(scratch, 'control')));
  writeFileSync(inventory, inventoryText(address));
  return {
    ...{ folder, inventory, scratch, address, state },
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ANSIBLE_CONFIG: config },
    },
    exec: (line) => target('exec', 'sh', '-c', line),
    async reset() {
      const done = await target('reset');
      if (done.code !== 0) throw new Error(`cannot reset the machine: ${done.stdout}${done.stderr}`);
    },
    async closeConnections() {
      for (const name of readdirSync(join(scratch, 'control')))
        await run('ssh', ['-o', `ControlPath=${join(scratch, 'control', name)}`, '-O', 'exit', 'any']);
    },
    close: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
