import type { RunEvent, TaskStatus } from '../../events.js';
import type { Callback, OutputSettings } from './callback.js';
import { diffText } from './diff-text.js';
import type { Ink } from './paint.js';
import { resultJson } from './result-json.js';
import { isTalkative, shownResult, textsIn } from './shown-result.js';

/** Modules whose output is shown as the text that it is. */
const TEXTUAL = new Set(['command', 'raw', 'script', 'shell', 'win_command', 'win_shell']);

const STATES: Readonly<Record<TaskStatus, readonly [caption: string, ink: Ink]>> = {
  ok: ['SUCCESS', 'ok'],
  changed: ['CHANGED', 'changed'],
  skipped: ['SKIPPED', 'skip'],
  failed: ['FAILED', 'error'],
  ignored: ['FAILED', 'error'],
  unreachable: ['UNREACHABLE!', 'unreachable'],
};

function isTextual({ module = '', detail = {} }: RunEvent): boolean {
  return TEXTUAL.has(module) && !('ansible_job_id' in detail);
}

function exitCode({ rc }: Readonly<Record<string, unknown>>): number {
  return typeof rc === 'number' ? rc : -1;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What the two short callbacks have in common: a line or a paragraph a host, and no banners. */
abstract class ShortCallback implements Callback {
  constructor(protected readonly settings: OutputSettings) {}

  onEvent(event: RunEvent): void {
    const { warnings } = this.settings;
    if (event.kind === 'warning') warnings.warn(event.message ?? '');
    else if (event.kind === 'deprecation') warnings.deprecate(event.message ?? '');
    else if (event.kind === 'loop' || (event.kind === 'result' && event.item === undefined)) {
      for (const warning of textsIn(event, 'warnings')) warnings.warn(warning);
      if (event.module !== 'meta') this.show(event);
    }
  }

  onEnd(): void {
    // There is no recap.
  }

  protected abstract show(event: RunEvent): void;

  protected print(event: RunEvent, line: string): void {
    this.settings.terminal.line(line, STATES[event.status ?? 'ok'][1]);
  }
}

/** What `ansible` prints: `host | SUCCESS => {…}` or `host | CHANGED | rc=0 >>` and the output. */
export class MinimalCallback extends ShortCallback {
  protected override show(event: RunEvent): void {
    const { host = '', status = 'ok', detail = {}, diff = [] } = event;
    const [caption] = STATES[status];
    const shown = shownResult(event);
    if (diff.length > 0) this.settings.terminal.painted(diffText(diff, this.settings.terminal.colour));
    if (status === 'skipped') this.print(event, `${host} | ${caption}`);
    else if (isTextual(event) && status !== 'unreachable') {
      const said = text(detail.stdout) + text(detail.stderr) + text(shown.msg);
      this.print(event, `${host} | ${caption} | rc=${exitCode(detail)} >>\n${said}`);
    } else {
      const mark = status === 'failed' || status === 'ignored' ? `${caption}!` : caption;
      this.print(event, `${host} | ${mark} => ${resultJson(shown, 'pretty')}`);
    }
  }
}

const escaped = (value: unknown) => text(value).replaceAll('\n', '\\n').replaceAll('\r', '\\r');

/** `-o`: one line a host. */
export class OnelineCallback extends ShortCallback {
  protected override show(event: RunEvent): void {
    const { host = '', status = 'ok', message = '' } = event;
    const [caption] = STATES[status];
    const isBroken = status === 'failed' || status === 'ignored';
    if (status === 'skipped') this.print(event, `${host} | ${caption}`);
    else if (status === 'unreachable') this.print(event, `${host} | UNREACHABLE!: ${message}`);
    else if (isTextual(event) && !isBroken) this.print(event, `${host} | ${caption} | ${outputLine(event)}`);
    else this.print(event, `${host} | ${isBroken ? 'FAILED!' : caption} => ${resultLine(event)}`);
  }
}

function outputLine({ detail = {} }: RunEvent): string {
  const stderr = text(detail.stderr) === '' ? '' : ` (stderr) ${escaped(detail.stderr)}`;
  return `rc=${exitCode(detail)} | (stdout) ${escaped(detail.stdout)}${stderr}`;
}

/** Here debug is a module like any other. */
function resultLine(event: RunEvent): string {
  const shown = shownResult(event.module === 'debug' ? { ...event, module: 'ping' } : event);
  return isTalkative(event) ? resultJson(shown, 'pretty').replaceAll('\n', '') : resultJson(shown, 'tight');
}
