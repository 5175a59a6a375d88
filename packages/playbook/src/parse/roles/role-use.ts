import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { inherit } from '../inherit.js';
import { keywordSupport } from '../keywords.js';
import type { Place, Problems } from '../problem.js';
import { Section } from '../section.js';
import type { Inherited } from '../tree.js';
import { toValue, type YamlNode } from '../yaml.js';

/** A role as somebody wants to use it. */
export interface RoleUse {
  readonly name: string;
  /** Where it is named. */
  readonly at: Place;
  readonly problems: Problems;
  /** What its tasks take over from there. */
  readonly parent: Inherited;
  readonly params?: ReadonlyMap<string, Value>;
  readonly vars?: ReadonlyMap<string, Value>;
  /** `when` and `tags` of the entry, or what an include wants: another use with the same ones is the same role. */
  readonly key?: string;
  readonly from?: Readonly<Partial<Record<'tasks' | 'handlers' | 'vars' | 'defaults', string>>>;
  /** Of include_role and import_role; a role's own say is in its meta. */
  readonly allowDuplicates?: boolean;
  /** Whether meta/argument_specs.yml is looked at. @default true */
  readonly validate?: boolean;
  readonly public?: boolean;
}

/** What Galaxy needs to know of a dependency, and nobody else. */
const GALAXY = new Set(['src', 'scm', 'version']);

/** An entry of `roles:` or of the dependencies in meta: a name, or a dictionary with keywords and parameters. */
export function readRoleUse(
  node: YamlNode,
  parent: Inherited,
  problems: Problems,
  template: (value: Value) => string,
): RoleUse | undefined {
  const value = toValue(node);
  if (isStr(value) || typeof value === 'number') {
    // Old entries have their parameters behind the name, separated by commas; only the name counts.
    const [name = ''] = template(value).split(',');
    return { name: name.trim(), at: node.at, problems, parent };
  }
  if (node.kind !== 'map') {
    problems.error(node.at, 'a role is its name, or a dictionary with "role: name"');
    return undefined;
  }
  const section = new Section(node.entries, node.at, problems);
  const written = section.value('role') ?? section.value('name') ?? section.value('src');
  if (!isStr(written) || plain(written) === '') {
    problems.error(node.at, 'role definitions must contain a role name; write "role: name"');
    return undefined;
  }
  const isKeyword = (key: string) =>
    ['role', 'name', 'src'].includes(key) || keywordSupport(key, 'block') !== undefined;
  const others = node.entries.filter(({ key }) => !isKeyword(key) && !GALAXY.has(key));
  const narrowing = ['when', 'tags'].flatMap((key) => (section.has(key) ? [[key, section.value(key)]] : []));
  return {
    name: template(written),
    at: node.at,
    problems,
    parent: inherit(parent, section, { vars: false }),
    params: new Map(others.map((entry) => [entry.key, toValue(entry.value)])),
    vars: section.dictionary('vars'),
    // One without them is the same as its name alone.
    ...(narrowing.length > 0 && { key: JSON.stringify(narrowing) }),
  };
}
