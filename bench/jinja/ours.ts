import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dict } from '@tenon/jinja/dict';
import { Environment } from '@tenon/jinja/environment';
import { TemplateError } from '@tenon/jinja/errors';
import { plain } from '@tenon/jinja/text';
import { fromJs, PyFloat, pyRepr, type Value } from '@tenon/jinja/values';
import { yamlReadingFilters } from '@tenon/playbook/filters/from-yaml';
import { playbookLookups } from '@tenon/playbook/lookups/playbook-lookups';
import type { Answer, Case } from './case.ts';
import type { Data } from './variables.ts';

const folder = join(import.meta.dirname, 'templates');

function valueOf(data: Data): Value {
  if (Array.isArray(data)) return data.map(valueOf);
  if (data === null || typeof data !== 'object') return fromJs(data);
  const { $float: float, $int: int } = data;
  if (typeof float === 'string') return new PyFloat(float === 'inf' ? Infinity : Number(float));
  if (typeof int === 'string') {
    const big = BigInt(int);
    return Number.isSafeInteger(Number(big)) ? Number(big) : big;
  }
  return new Dict(Object.entries(data).map(([key, item]) => [key, valueOf(item)]));
}

function loader(name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return null;
  }
}

const environment = new Environment({
  loader,
  controller: true,
  filters: yamlReadingFilters,
  lookups: playbookLookups({
    folder: {
      find: () => Promise.reject(new Error('no module runs here')),
      read: () => Promise.reject(new Error('no module runs here')),
      readTemplate: (name) => loader(name) ?? '',
    },
    confined: false,
    searchPath: () => [folder],
    hostNames: () => [],
  }),
});

function evaluate({ mode, template, variables }: Case): Value {
  const scope = new Map(Object.entries(variables).map(([name, data]) => [name, valueOf(data)]));

  const names = Object.assign(scope, { names: () => scope.keys() });
  if (mode === 'value') return environment.templateValue(template, names);
  return mode === 'file'
    ? environment.renderText(template, names)
    : environment.evaluateCondition(template, names);
}

const KINDS: ReadonlySet<string> = new Set(['UNDEFINED', 'SYNTAX']);

/** What our engine makes of a case. Whatever is thrown that is no TemplateError is reported as a CRASH. */
export function ours(given: Case): Answer {
  const begin = performance.now();
  try {
    const answer = plain(pyRepr(evaluate(given)));
    return { answer, tookMs: performance.now() - begin };
  } catch (error) {
    if (!(error instanceof TemplateError))
      return {
        error: 'CRASH',
        text: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    // What the environment had to wrap was no template's error: a bug of ours.
    const { cause } = error;
    const isWrapped =
      error.constructor === TemplateError && cause instanceof Error && !(cause instanceof RangeError);
    if (isWrapped) return { error: 'CRASH', text: cause.stack ?? '' };
    return { error: KINDS.has(error.code) ? error.code : 'OTHER', text: error.message };
  }
}
