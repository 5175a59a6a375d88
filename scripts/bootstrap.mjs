// The door of every command: `node scripts/bootstrap.mjs <command> [arguments]`.
// It has no dependencies and runs on Node 20 or newer, because it is what installs the dependencies and Node 24.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const startedAt = Date.now();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const programs = join(modules, '.bin');
const stampFile = join(modules, '.install-stamp');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Runs a program with our terminal; resolves with its exit code. Signals sent to us are handed on. */
function run(program, args, env) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
  const handOn = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, handOn);
  // npm hands SIGTERM to its shell only, which dies without a word: then we are nobody's child and have to stop.
  const parent = process.ppid;
  const orphanhood = setInterval(() => {
    if (process.env.npm_execpath !== undefined && process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000);
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`cannot run ${program}: ${error.message}`));
    child.on('exit', (code, signal) => {
      clearInterval(orphanhood);
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, handOn);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Whether node_modules already holds what the lock asks for, by npm's own record: a developer who ran `npm install` waits for nothing. */
function holds(lockText) {
  const installed = read(join(modules, '.package-lock.json'));
  if (installed === '') return false;
  const have = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(lockText).packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = have[path];
    // What is optional is left out on the platforms it is not made for.
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

async function install() {
  const lock = read(join(root, 'package-lock.json'));
  if (lock === '') fail('cannot install: package-lock.json is missing; use a complete clone');
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
  if (read(stampFile) === stamp) return;
  if (!holds(lock)) {
    process.stdout.write('Installing the packages (npm ci) …\n');
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const code =
      npm === undefined
        ? await run('npm', args, process.env)
        : await run(process.execPath, [npm, ...args], process.env);
    if (code !== 0) fail(`cannot install the packages: npm ci ended with ${code}; its words are above`);
    process.stdout.write(`Installing the packages: ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  }
  writeFileSync(stampFile, stamp);
}

const [command, ...args] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`cannot start with Node ${process.versions.node}: Node 20 or newer is needed to install the rest`);
}
const script = join(root, 'scripts', `${command}.ts`);
if (!/^[a-z-]+$/.test(command ?? '') || !existsSync(script))
  fail(`cannot run "${command}": there is no such command`);

await install();
const code = await run(join(programs, 'node'), [script, ...args], {
  ...process.env,
  PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`,
  TENON_STARTED_AT: String(startedAt),
});
process.exit(code);
