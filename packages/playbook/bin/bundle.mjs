// Puts the programs into a few files: loading 560 of them takes three times as long as all the rest of the start.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { buildStamp } from './stamp.cjs';

const dist = join(import.meta.dirname, '..', 'dist');
const folder = join(dist, 'bundle');

/** Parts of ssh2 that nothing here uses; their imports alone (http, https) cost 30 ms. */
const unused = {
  name: 'unused parts of ssh2',
  load: (id) => (/ssh2[\\/]lib[\\/](?:http-agents|server)\.js$/.test(id) ? 'module.exports = {};' : null),
};

const stamp = buildStamp();
rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({
  input: join(dist, 'cli', 'process.js'),
  platform: 'node',
  external: [/\.node$/, 'cpu-features'],
  plugins: [unused],
});
// CommonJS: to import node: modules as ES modules reads every export of theirs, which loads what nobody asked for.
await bundle.write({
  dir: folder,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  minify: true,
});
await bundle.close();
const licence = readFileSync(join(import.meta.dirname, '..', '..', '..', 'node_modules', 'ssh2', 'LICENSE'));
writeFileSync(join(folder, 'LICENSE.ssh2'), licence);
writeFileSync(join(folder, 'stamp'), stamp);
