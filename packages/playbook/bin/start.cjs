// CommonJS, as the bundle: Node starts it 40 ms sooner than an ES module.
const { existsSync, readFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { buildStamp } = require('./stamp.cjs');

const OLDEST = 22;
const dist = join(__dirname, '..', 'dist');
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

async function start() {
  const { runProcess } = isBundled()
    ? require('../dist/bundle/process.cjs')
    : await import('../dist/cli/process.js');
  await runProcess(name, words);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST)
  refuse(`this is Node ${process.versions.node}; run "npm ci" in the repository, which brings a newer one`);
if (!existsSync(join(dist, 'cli', 'process.js')))
  refuse('the package is not built yet; run "npm run build" in the repository');

// Compiled code is kept between runs. It is as good as a program, so it lies where nobody else may write.
nodeModule.enableCompileCache?.(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tenon'));
start();
