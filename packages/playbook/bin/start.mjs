import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { buildStamp } from './stamp.mjs';

const OLDEST = 22;
const dist = join(import.meta.dirname, '..', 'dist');
const [, , name, ...words] = process.argv;

function refuse(why) {
  process.stderr.write(`cannot run ${name}: ${why}\n`);
  process.exit(1);
}

/** The bundle starts faster; the compiler's own files are right when it is older than they are. */
function isBundled() {
  const stamp = join(dist, 'bundle', 'stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === buildStamp();
}

if (Number(process.versions.node.split('.')[0]) < OLDEST)
  refuse(`this is Node ${process.versions.node}; run "npm ci" in the repository, which brings a newer one`);
if (!existsSync(join(dist, 'cli', 'process.js')))
  refuse('the package is not built yet; run "npm run build" in the repository');

// Compiled code is kept between runs. It is as good as a program, so it lies where nobody else may write.
module.enableCompileCache?.(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tenon'));
const { runProcess } = await (isBundled()
  ? import('../dist/bundle/process.js')
  : import('../dist/cli/process.js'));
await runProcess(name, words);
