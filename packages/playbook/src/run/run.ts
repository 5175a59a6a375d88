import { Environment } from '@tenon/jinja/environment';
import { TemplateError } from '@tenon/jinja/errors';
import { isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import type { RunEvent, RunFailure } from '../events.js';
import { jinjaOptions } from '../lookups/jinja-options.js';
import type { PlaybookFolder } from '../modules/module.js';
import type { Place } from '../parse/problem.js';
import { CancelledError } from '../transport/errors.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import { playbookFolder } from '../vars/playbook-folder.js';
import { Jobs } from './async/jobs.js';
import { CustomStats } from './custom-stats.js';
import type { RunSettings } from './settings.js';

/** Templates and files as a task at one place sees them. */
export interface Surroundings {
  readonly jinja: Environment;
  readonly folder: PlaybookFolder;
  readonly searchPath: readonly string[];
}

/** A run in progress. */
export class Run {
  readonly failures: RunFailure[] = [];
  readonly customStats = new CustomStats();
  readonly jobs: Jobs;
  /** Still looking for the task of `--start-at-task`. */
  seeksStart: boolean;
  /** Somebody is asked before each task (`--step`). */
  steps: boolean;
  private readonly surroundings = new Map<string, Surroundings>();

  constructor(readonly settings: RunSettings) {
    this.jobs = new Jobs(settings.signal);
    this.seeksStart = settings.startAtTask !== undefined;
    this.steps = settings.step;
  }

  emit(event: Omit<RunEvent, 'at'>): void {
    this.settings.onEvent({ at: Date.now(), ...event });
  }

  warn(message: string): void {
    this.emit({ kind: 'warning', message });
  }

  /** Throws CancelledError when the caller has given up. */
  checkCancelled(): void {
    if (this.settings.signal?.aborted === true) throw new CancelledError();
  }

  /** Made once for every search path: templates are parsed once in it. */
  at(searchPath: readonly string[]): Surroundings {
    const key = searchPath.join('\n');
    const known = this.surroundings.get(key) ?? this.surround(searchPath);
    this.surroundings.set(key, known);
    return known;
  }

  private surround(searchPath: readonly string[]): Surroundings {
    const { confined, root, decrypt, inventory } = this.settings;
    const folder = playbookFolder({ searchPath, confined, root, decrypt });
    const options = jinjaOptions({
      folder,
      confined,
      searchPath: () => searchPath,
      hostNames: (pattern) => inventory.match(pattern).map((host) => host.name),
      ...(decrypt !== undefined && { decrypt: (text: string) => Buffer.from(decrypt(text, '')) }),
    });
    return { jinja: new Environment(options), folder, searchPath };
  }
}

/** A place as templates' errors name it. */
export function originOf(at: Place, file: string): { file: string; line: number; column: number } {
  return { file, line: at.line, column: at.column };
}

/** Values that are worked out when they are needed. */
export class Templates {
  constructor(
    readonly jinja: Environment,
    readonly scope: LayeredScope,
  ) {}

  /** Throws TemplateError. */
  value(written: Value, origin?: { file: string; line: number; column: number }): Value {
    return this.jinja.templateValue(written, this.scope, origin);
  }

  /** Undefined when it is not written, or nothing. Throws TemplateError. */
  text(written: Value | undefined): string | undefined {
    if (written === undefined || written === null) return undefined;
    const value = this.value(written);
    return value === null || value === '' ? undefined : plain(pyStr(value));
  }

  /** Yes or no; undefined when it is not written. Throws TemplateError. */
  flag(written: Value | undefined): boolean | undefined {
    if (written === undefined || written === null) return undefined;
    if (typeof written === 'boolean') return written;
    const value = this.value(written);
    if (isStr(value)) return /^(?:yes|on|true|1|y|t)$/i.test(plain(value).trim());
    return value !== null && value !== false && value !== 0;
  }

  /** Undefined when it is not written, or no number. Throws TemplateError. */
  number(written: Value | undefined): number | undefined {
    if (typeof written === 'number') return written;
    const text = this.text(written);
    const number = text === undefined ? NaN : Number(text);
    return Number.isFinite(number) ? number : undefined;
  }

  /** Seconds as ms; undefined for none. Throws TemplateError. */
  milliseconds(written: Value | undefined): number | undefined {
    const seconds = this.number(written);
    return seconds !== undefined && seconds > 0 ? seconds * 1000 : undefined;
  }

  /** A text for people; as written when it cannot be worked out yet. */
  shown(written: Value): string {
    try {
      return plain(pyStr(this.value(written)));
    } catch (error) {
      if (error instanceof TemplateError) return plain(pyStr(written));
      throw error;
    }
  }
}
