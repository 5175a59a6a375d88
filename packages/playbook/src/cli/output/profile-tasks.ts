import type { RunEvent } from '../../events.js';
import type { Callback } from './callback.js';
import type { Terminal } from './terminal.js';

const WIDTH = 79;
const SHOWN = 20;
const TIME_WIDTH = 9;
const MS = { second: 1000, minute: 60_000, hour: 3_600_000 };
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const padded = (value: number, width = 2) => String(Math.trunc(value)).padStart(width, '0');

/** `Wednesday 25 November 2026  21:04:51 +0000`, in this machine's time zone. */
function dateText(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${padded(Math.abs(offset) / 60)}${padded(Math.abs(offset) % 60)}`;
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => padded(part)).join(':');
  return `${DAYS[date.getDay()] ?? ''} ${padded(date.getDate())} ${MONTHS[date.getMonth()] ?? ''} ${date.getFullYear()}  ${clock} ${zone}`;
}

/** `0:00:01.263`. */
function durationText(ms: number): string {
  const parts = [(ms % MS.hour) / MS.minute, (ms % MS.minute) / MS.second].map((part) => padded(part));
  return `${Math.trunc(ms / MS.hour)}:${parts.join(':')}.${padded(ms % MS.second, 3)}`;
}

function filled(text: string, filler: string): string {
  const head = text === '' ? '' : `${text} `;
  return `${head}${filler.repeat(Math.max(3, WIDTH - head.length))} `;
}

/** When each task began, how long the one before it took, and the slowest twenty at the end. */
export class ProfileTasks implements Callback {
  private readonly begun = Date.now();
  private lastAt = this.begun;
  private readonly tasks: { name: string; beganAt: number; ms: number }[] = [];

  constructor(private readonly terminal: Terminal) {}

  onEvent({ kind, task = '', at }: RunEvent): void {
    if (kind !== 'task' && kind !== 'handler') return;
    this.finish(at);
    this.clock(at);
    this.tasks.push({ name: task, beganAt: at, ms: 0 });
  }

  onEnd(): void {
    const now = Date.now();
    this.finish(now);
    this.clock(now);
    this.terminal.line(filled('', '='));
    const slowest = [...this.tasks].sort((left, right) => right.ms - left.ms).slice(0, SHOWN);
    for (const { name, ms } of slowest) {
      const time = ` ${(ms / MS.second).toFixed(2)}s`.padStart(TIME_WIDTH, '-');
      this.terminal.line(`${name} `.padEnd(this.terminal.columns - TIME_WIDTH, '-') + time);
    }
  }

  private finish(at: number): void {
    const last = this.tasks.at(-1);
    if (last !== undefined) last.ms = at - last.beganAt;
  }

  private clock(at: number): void {
    const sinceLast = durationText(at - this.lastAt);
    const total = durationText(at - this.begun);
    this.terminal.line(filled(`${dateText(new Date(at))} (${sinceLast})       ${total}`, '*'));
    this.lastAt = at;
  }
}
