import { compileEngine } from './bench/compile-engine.ts';
import { messageOf, step } from './progress.ts';

try {
  await step('Compiling', compileEngine);
  await import('../bench/playbook/playbook.ts');
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
