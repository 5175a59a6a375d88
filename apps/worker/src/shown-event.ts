import type { RunEvent } from '@tenon/playbook/run-playbook';
import type { PlaybookEvent } from '@tenon/reconciler/configurator-port';

/**
 * An event of the engine as a run's page shows it; undefined for what the page shows by itself: a loop as a whole (its items
 * are there), a file that was included (its tasks follow).
 */
export function shownEvent(event: RunEvent): PlaybookEvent | undefined {
  switch (event.kind) {
    case 'loop':
    case 'included':
      return undefined;
    case 'retry':
      return {
        ...event,
        kind: 'warning',
        message: `${event.task ?? 'the task'} is tried again, ${event.triesLeft ?? 0} more times at most: ${event.message ?? 'its condition does not hold yet'}`,
      };
    default:
      return event;
  }
}
