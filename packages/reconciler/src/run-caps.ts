import type { PlaybookEvent } from './configurator-port.js';

const KIB = 1024;
/** Longest text of one event: a task that prints a log file must not fill the database. */
const TEXT_LIMIT = 64 * KIB;
/** All texts of a run together. */
const RUN_LIMIT = 1024 * KIB;
/** Events of a run; a loop over thousands of items still shows its beginning and its result. */
const EVENT_LIMIT = 2000;
/** Kinds that say how a run went; they are kept even after the limit. */
const ALWAYS: readonly string[] = ['recap'];

/**
 * Limits for the events of one run: returns a function that takes the next event and gives what to store of it. Long texts are
 * cut with a note; beyond the limit of the run one warning is stored, then nothing but the recap.
 */
export function capEvents(): (event: PlaybookEvent) => PlaybookEvent[] {
  let size = 0;
  let count = 0;
  let warned = false;
  return (event) => {
    const capped = cutTexts(event);
    size += JSON.stringify(capped).length;
    count += 1;
    if ((size <= RUN_LIMIT && count <= EVENT_LIMIT) || ALWAYS.includes(event.kind)) return [capped];
    if (warned) return [];
    warned = true;
    const message = `the output limit of ${RUN_LIMIT / KIB} KiB or ${EVENT_LIMIT} events is reached; the rest is not kept`;
    return [{ kind: 'warning', at: event.at, message }];
  };
}

/** Cuts from the middle: the beginning says what it is, the end says how it went. */
function cut(text: string): string {
  if (text.length <= TEXT_LIMIT) return text;
  const half = TEXT_LIMIT / 2;
  return `${text.slice(0, half)}\n[… ${text.length - TEXT_LIMIT} characters are not kept …]\n${text.slice(-half)}`;
}

function cutTexts(event: PlaybookEvent): PlaybookEvent {
  const detail = event.detail && (cutDeep(event.detail) as Record<string, unknown>);
  return {
    ...event,
    ...(event.message !== undefined && { message: cut(event.message) }),
    ...(detail && { detail }),
  };
}

function cutDeep(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  if (Array.isArray(value)) return value.map(cutDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cutDeep(item)]));
}
