import { expect, it } from 'vitest';
import { shownEvent } from './shown-event.js';

it('shows a result as it is', () => {
  const event = { kind: 'result', at: 1, host: 'a', task: 'write', status: 'ok', detail: { rc: 0 } } as const;

  expect(shownEvent({ ...event, path: 'x.yaml:3' })).toMatchObject(event);
});

it('shows another try as a note that says how many are left', () => {
  expect(shownEvent({ kind: 'retry', at: 1, task: 'wait', triesLeft: 2, message: 'not yet' })).toMatchObject({
    kind: 'warning',
    message: 'wait is tried again, 2 more times at most: not yet',
  });
});

it('leaves out a loop as a whole, whose items are shown', () => {
  expect(shownEvent({ kind: 'loop', at: 1, task: 'install' })).toBeUndefined();
});
