import { messageOf } from './progress.ts';
import { runHostileTests } from './test/suites.ts';

/** Sends 2,000 generated texts through every module that writes them; minutes, because each one starts programs. */
try {
  const { passed, failed } = await runHostileTests(2_000);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
