import type { Place } from '../parse/problem.js';
import type { YamlEntry } from '../parse/yaml.js';

/** A play as a rule sees it. */
export interface LintPlay {
  readonly keys: ReadonlyMap<string, YamlEntry>;
  readonly at: Place;
}
