import type { HostStats, RunResult } from '../events.js';
import { runPlaybook, type PlaybookSource, type RunOptions } from '../run-playbook.js';
import { CommandError, EXIT, exitCodeOf } from './exit-code.js';
import type { Prepared } from './prepare.js';

function added(left: HostStats | undefined, right: HostStats): HostStats {
  if (left === undefined) return right;
  const sum = { ...right };
  for (const name of Object.keys(right) as (keyof HostStats)[]) sum[name] += left[name];
  return sum;
}

/** What is wrong with no host in particular; that no host matches is none (Ansible 2.14). */
function faultsOf({ failures }: RunResult): string[] {
  return failures
    .filter(({ host, message }) => host === '' && !message.startsWith('no host of the inventory matches'))
    .map(({ message }) => message);
}

/** Whether a play has begun: what went wrong before is a playbook that cannot be read. */
function watchPlays(options: RunOptions): { readonly options: RunOptions; readonly begun: () => boolean } {
  let begun = false;
  const onEvent: RunOptions['onEvent'] = (event) => {
    begun ||= event.kind === 'play';
    options.onEvent?.(event);
  };
  return { options: { ...options, onEvent }, begun: () => begun };
}

/**
 * Runs playbooks one after the other, until one does not succeed; one recap for all. Gives the exit code; rejects with CommandError for a
 * playbook that cannot be read.
 */
export async function runPlaybooks(
  sources: readonly PlaybookSource[],
  { inventory, extraVars, output }: Prepared,
  options: RunOptions,
): Promise<number> {
  const stats: Record<string, HostStats> = {};
  const customStats: Record<string, unknown> = {};
  let exitCode: number = EXIT.fine;
  const faults: string[] = [];
  for (const source of sources) {
    const watched = watchPlays(options);
    const result = await runPlaybook(source, inventory, { trusted: extraVars }, watched.options);
    for (const [host, counts] of Object.entries(result.stats)) stats[host] = added(stats[host], counts);
    Object.assign(customStats, result.customStats);
    faults.push(...faultsOf(result));
    if (faults.length > 0 && !watched.begun()) throw new CommandError(faults.join('\n'), EXIT.parser);
    exitCode = exitCodeOf(result);
    if (exitCode === EXIT.fine && faults.length > 0) exitCode = EXIT.error;
    if (exitCode !== EXIT.fine) break;
  }
  if (exitCode === EXIT.interrupted) {
    output.terminal.error('[ERROR]: User interrupted execution', 'error');
    return exitCode;
  }
  for (const fault of faults) output.terminal.error(`ERROR! ${fault}`, 'error');
  output.onEnd({ stats, customStats });
  return exitCode;
}
