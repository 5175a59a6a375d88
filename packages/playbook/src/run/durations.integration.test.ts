import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
afterAll(() => lab.close());

test('a task that travels behind another takes the time from the answer of that one', async () => {
  const run = await lab.run(`
- command: sleep 0.6
- command: 'true'
`);

  const [slow = 0, quick = 0] = run.events.flatMap(({ kind, durationMs }) =>
    kind === 'result' ? [durationMs ?? 0] : [],
  );
  expect(slow).toBeGreaterThanOrEqual(600);
  expect(quick).toBeLessThan(slow / 2);
});
