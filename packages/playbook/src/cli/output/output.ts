import { appendFileSync } from 'node:fs';
import type { EngineConfig } from '../../config/config.js';
import type { RunEvent } from '../../events.js';
import { CommandError } from '../exit-code.js';
import type { Invocation } from '../invocation.js';
import type { ParsedOptions } from '../options/parsed-options.js';
import type { OutputSettings, RunSummary } from './callback.js';
import { extraCallback, stdoutCallback } from './callbacks.js';
import { openTerminal, type Terminal } from './terminal.js';
import { openWarnings, type Warnings } from './warnings.js';

/** Everything that a command prints on. */
export interface Output {
  readonly terminal: Terminal;
  readonly warnings: Warnings;
  readonly verbosity: number;
  /** Hands an event to all callbacks. */
  onEvent(event: RunEvent): void;
  onEnd(summary: RunSummary): void;
}

interface OutputOptions {
  readonly parsed: ParsedOptions;
  readonly invocation: Invocation;
  readonly config: EngineConfig;
  /** Instead of the configuration's. */
  readonly callback?: string;
}

const COLOUR_CODES = /\u001b\[[\d;]*m/g; // eslint-disable-line no-control-regex -- the codes begin with ESC

/** Writes to the log (`log_path`) too, with the time in front and without colours. */
function logging(write: (text: string) => void, path: string | undefined): (text: string) => void {
  if (path === undefined) return write;
  return (text) => {
    write(text);
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
    const lines = text.replaceAll(COLOUR_CODES, '').trim().split('\n');
    appendFileSync(path, lines.map((line) => `${time} p=${process.pid} | ${line}\n`).join(''), {
      mode: 0o600,
    });
  };
}

/** A callback that does not exist is an error, since nothing would be printed. */
function callbacksOf(name: string, settings: OutputSettings, config: EngineConfig) {
  const main = stdoutCallback(name, settings);
  if (main === undefined)
    throw new CommandError(
      `Invalid callback for stdout specified: ${name}; known are default, json, minimal, oneline and yaml`,
    );
  const extra = config.callbacksEnabled.flatMap((each) => {
    const found = extraCallback(each, settings);
    if (found === undefined)
      settings.warnings.warn(
        `Skipping callback plugin '${each}', unable to load; known are profile_tasks and timer`,
      );
    return found ?? [];
  });
  return [main, ...extra];
}

/** Makes the callbacks that the configuration asks for. Throws CommandError for an unknown one. */
export function openOutput({ parsed, invocation, config, callback }: OutputOptions): Output {
  const { columns, isTerminal } = invocation;
  const terminal = openTerminal({
    write: logging(invocation.write, config.logPath),
    writeError: logging(invocation.writeError, config.logPath),
    columns,
    colour: config.forceColor || (isTerminal && !config.nocolor && invocation.env['TERM'] !== 'dumb'),
  });
  const warnings = openWarnings(terminal, { deprecations: config.deprecationWarnings });
  const verbosity = Math.max(config.verbosity, parsed.count('verbose'));
  const { displaySkippedHosts, displayOkHosts, displayFailedStderr, checkModeMarkers } = config;
  const callbacks = callbacksOf(
    callback ?? config.stdoutCallback,
    {
      ...{ terminal, warnings, verbosity, displaySkippedHosts, displayOkHosts, displayFailedStderr },
      ...{ checkModeMarkers, checkMode: parsed.has('check'), resultFormat: config.callbackResultFormat },
    },
    config,
  );
  const showsStats = config.showCustomStats;
  return {
    terminal,
    warnings,
    verbosity,
    onEvent: (event) => callbacks.forEach((each) => each.onEvent(event)),
    onEnd: ({ stats, customStats = {} }) =>
      callbacks.forEach((each) => each.onEnd({ stats, ...(showsStats && { customStats }) })),
  };
}
