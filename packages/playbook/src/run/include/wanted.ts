import { toJs, fromJs, type Value } from '@tenon/jinja/values';
import type { RawArguments } from '../../modules/read-arguments.js';
import type { Host } from '../host.js';

/** Something to include, and who wants it. */
export interface Wanted {
  readonly key: string;
  readonly args: RawArguments;
  /** The variables of the loop around the include. */
  readonly local: ReadonlyMap<string, Value>;
  readonly hosts: Host[];
  /** What is said for the item of the loop. */
  readonly label: string | undefined;
}

/** Adds what a host wants: hosts that want the same include it together, one that wants it twice includes it twice. */
export function collect(
  wanted: Wanted[],
  host: Host,
  args: RawArguments,
  { local, label }: { local: ReadonlyMap<string, Value>; label: string | undefined },
): void {
  const key = JSON.stringify([args, local].map((each) => toJs(fromJs(new Map(each)))));
  const known = wanted.find((each) => each.key === key && !each.hosts.includes(host));
  if (known === undefined) wanted.push({ key, args, local, hosts: [host], label });
  else known.hosts.push(host);
}
