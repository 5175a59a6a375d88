import type { ConfigureResult, PlaybookEvent } from './configurator-port.js';
import { createRedactor } from './redact.js';
import { capEvents } from './run-caps.js';
import type { NumberedEvent, RunEnd, RunLog } from './run-log-port.js';
import type { TenantSubject } from './subject.js';

/** How long events are collected before they are written together, in ms: people see output as it comes. */
const FLUSH_MS = 150;
const SUMMARY_LIMIT = 2000;

interface Run {
  tenant: TenantSubject;
  trigger: string;
  /** Values that must not be stored. */
  secrets: readonly string[];
}

/**
 * Runs `work` and keeps what it reports as a run of the tenant. Everything is redacted and capped here, before it leaves the
 * process: nothing else stores output. Returns the result with one redacted sentence about it.
 */
export async function recordRun(
  { tenant, trigger, secrets }: Run,
  log: RunLog,
  work: (onEvent: (event: PlaybookEvent) => void) => Promise<ConfigureResult>,
): Promise<ConfigureResult & { summary: string }> {
  const redact = createRedactor([...secrets, ...tenant.secrets]);
  const runId = await log.open({
    objectKey: tenant.key,
    objectLabel: tenant.label,
    tenantId: tenant.id,
    serviceId: tenant.service.id,
    playbook: tenant.playbook,
    trigger,
    objectGeneration: tenant.facts.generation,
  });
  const events = startWriter(runId, log);
  const cap = capEvents();
  try {
    const result = await work((event) => events.add(cap(redact(event))));
    const summary = redact(summaryOf(result)).slice(0, SUMMARY_LIMIT);
    await events.end();
    await log.close(runId, { outcome: ENDS[result.outcome], summary, stats: result.stats });
    return { ...result, summary };
  } catch (error) {
    const summary = redact(error instanceof Error ? error.message : String(error)).slice(0, SUMMARY_LIMIT);
    await events.end();
    await log.close(runId, { outcome: 'FAILED', summary, stats: {} });
    throw new Error(summary, { cause: error });
  }
}

const ENDS: Record<ConfigureResult['outcome'], RunEnd['outcome']> = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  unreachable: 'UNREACHABLE',
  cancelled: 'CANCELLED',
};

function summaryOf(result: ConfigureResult): string {
  if (result.failures.length === 0) return result.outcome;
  return result.failures
    .map(({ task, message }) => (task === undefined ? message : `${task}: ${message}`))
    .join('; ');
}

/** Writes events in batches and in order. What could not be written stays in the batch for the next time. */
function startWriter(runId: number, log: RunLog) {
  let sequence = 0;
  let batch: NumberedEvent[] = [];
  let writing = Promise.resolve();

  const flush = async () => {
    // A copy: events that come while these are written belong to the next batch.
    const events = [...batch];
    if (events.length === 0) return;
    await log.append(runId, events);
    batch = batch.slice(events.length);
  };
  const queueFlush = () => (writing = writing.then(flush));
  const timer = setInterval(() => {
    // A database that is away for a moment costs nothing: `end` writes the rest, and fails when it still is away.
    queueFlush().catch(() => (writing = Promise.resolve()));
  }, FLUSH_MS);

  return {
    add: (events: readonly PlaybookEvent[]) => {
      batch.push(...events.map((event) => ({ ...event, sequence: ++sequence })));
    },
    end: async () => {
      clearInterval(timer);
      await queueFlush();
    },
  };
}
