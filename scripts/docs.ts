import { compileEngine } from './bench/compile-engine.ts';
import { writeReference } from './check/reference.ts';
import { messageOf } from './progress.ts';

// The reference is printed by what the compiler makes of the modules.
const wrong = await compileEngine().then(writeReference).catch(messageOf);
if (wrong !== '') process.stderr.write(`${wrong}\n`);
process.exit(wrong === '' ? 0 : 1);
