/** What the json callback says of a task on one host. */
interface HostResult {
  readonly failed?: boolean;
  readonly skipped?: boolean;
  readonly unreachable?: boolean;
  readonly changed?: boolean;
  readonly action?: string;
  readonly results?: readonly HostResult[];
  readonly [name: string]: unknown;
}

interface Document {
  readonly plays: readonly {
    readonly play: { readonly name: string };
    readonly tasks: readonly {
      readonly task: { readonly name: string };
      readonly hosts: Readonly<Record<string, HostResult>>;
    }[];
  }[];
  readonly stats: Readonly<Record<string, unknown>>;
  readonly custom_stats: unknown;
  readonly global_custom_stats: unknown;
}

function statusOf({ unreachable, failed, skipped, changed }: HostResult): string {
  if (unreachable === true) return 'unreachable';
  if (failed === true) return 'failed';
  if (skipped === true) return 'skipped';
  return changed === true ? 'changed' : 'ok';
}

/** What debug shows; it is how a playbook tells what is in its variables. */
function shown(result: HostResult): string {
  // What fails says so in words of its own.
  const isTold = result.failed !== true && result.action?.replace('ansible.builtin.', '') === 'debug';
  if (!isTold) return '';
  const values = Object.entries(result).filter(
    ([name]) => !/^(?:_ansible|action$|changed$|failed|skip|results$|item$|ansible_loop)/.test(name),
  );
  return values.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(values.sort()))}`;
}

function describe(result: HostResult): string {
  const items = result.results;
  if (!Array.isArray(items)) return statusOf(result) + shown(result);
  const each = (items as readonly HostResult[]).map(
    (item) => statusOf(item) + shown({ ...item, action: result.action ?? '' }),
  );
  return `${statusOf(result)} [${each.join(', ')}]`;
}

/** A run as lines that can be compared: a line a task and host, and the recap. Throws when it is no document of the json callback. */
export function outcomeOf(printed: string): string[] {
  const document = JSON.parse(printed.slice(printed.indexOf('{'))) as Document;
  const tasks = document.plays.flatMap(({ play, tasks: all }) =>
    all.flatMap(({ task, hosts }) =>
      Object.keys(hosts)
        // A task of meta does nothing on a host.
        .filter((host) => hosts[host]?.action !== 'meta')
        .sort()
        .map((host) => `${play.name} / ${task.name} / ${host}: ${describe(hosts[host] ?? {})}`),
    ),
  );
  const recap = Object.entries(document.stats)
    .sort()
    .map(([host, counts]) => `recap ${host}: ${JSON.stringify(sorted(counts))}`);
  const custom = JSON.stringify([document.custom_stats, document.global_custom_stats]);
  return [...tasks, ...recap, `stats: ${custom}`];
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort());
}
