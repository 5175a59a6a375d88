import type { Callback } from './callback.js';
import type { Terminal } from './terminal.js';

const SECONDS = { minute: 60, hour: 3600, day: 86_400 };

/** How long everything took, in one line at the end. */
export class Timer implements Callback {
  private readonly begun = Date.now();

  constructor(private readonly terminal: Terminal) {}

  onEvent(): void {
    // Only the end counts.
  }

  onEnd(): void {
    const seconds = Math.trunc((Date.now() - this.begun) / 1000);
    const minutes = Math.trunc((seconds % SECONDS.hour) / SECONDS.minute);
    const hours = Math.trunc((seconds % SECONDS.day) / SECONDS.hour);
    const days = Math.trunc(seconds / SECONDS.day);
    this.terminal.line(
      `Playbook run took ${days} days, ${hours} hours, ${minutes} minutes, ${seconds % SECONDS.minute} seconds`,
    );
  }
}
