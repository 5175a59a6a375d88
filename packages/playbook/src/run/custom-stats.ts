import { Dict } from '@tenon/jinja/dict';
import { toJs, type Value } from '@tenon/jinja/values';
import { binary } from '@tenon/jinja/python/operators';

/** What set_stats says of the run, or of a host. */
export interface StatsToSet {
  readonly data: ReadonlyMap<string, Value>;
  readonly perHost: boolean;
  /** Added to what is there, instead of replacing it. */
  readonly aggregate: boolean;
}

/** Numbers and lists are added up, dictionaries joined; of different kinds the new one stays out (Ansible 2.14). */
function added(old: Value, more: Value): Value {
  if (old instanceof Map && more instanceof Map) return new Dict([...old, ...more]);
  if (Array.isArray(old) && Array.isArray(more)) return [...old, ...more];
  return typeof old === typeof more && typeof old !== 'object' ? binary('+', old, more) : old;
}

/** The statistics that playbooks keep themselves. */
export class CustomStats {
  private readonly kept = new Map<string, Map<string, Value>>();

  /** `host`: '' for the run. */
  set(host: string, { data, aggregate }: StatsToSet): void {
    const own = this.kept.get(host) ?? new Map<string, Value>();
    this.kept.set(host, own);
    for (const [name, value] of data) {
      const old = own.get(name);
      own.set(name, aggregate && old !== undefined ? added(old, value) : value);
    }
  }

  /** By host, '' for the run; empty when nothing was kept. */
  toRecord(): Record<string, Record<string, unknown>> {
    return Object.fromEntries(
      [...this.kept].map(([host, own]) => [
        host,
        Object.fromEntries([...own].map(([name, value]) => [name, toJs(value)])),
      ]),
    );
  }
}
