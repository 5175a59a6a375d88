const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const packages = join(__dirname, '..', '..');

/** Another one whenever the compiler has made something else of the sources. */
exports.buildStamp = () => {
  const hash = createHash('sha1');
  for (const name of ['playbook', 'jinja']) {
    const file = join(packages, name, 'tsconfig.tsbuildinfo');
    hash.update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
};
