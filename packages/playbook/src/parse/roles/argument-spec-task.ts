import { join } from 'node:path';
import { Dict } from '@tenon/jinja/dict';
import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { findModule } from '../../modules/registry.js';
import type { Reading } from '../play-reading.js';
import { readData } from '../read-variables.js';
import { NOTHING_MORE } from '../nothing-more.js';
import type { Inherited, Task } from '../tree.js';
import { toValue } from '../yaml.js';
import { rolePartFiles } from './role-files.js';

/** The specifications in meta/argument_specs.yml, or else in meta/main.yml. */
function specsOf(role: string, reading: Reading): Value {
  const { files } = reading.play.options;
  const own = ['.yml', '.yaml', '.json'].map((end) => join(role, 'meta', `argument_specs${end}`));
  const path =
    own.find((each) => files.kind(each) === 'file') ?? rolePartFiles(files, { role, folder: 'meta' })[0];
  const node = path === undefined ? undefined : readData(files, path);
  const value = node === undefined ? null : toValue(node);
  return value instanceof Map ? (value.get('argument_specs') ?? null) : null;
}

/** The task that checks a role's variables before its own first one; undefined when the role says nothing about them. */
export function argumentSpecTask(
  { entry, path, inherited }: { entry: string; path: string; inherited: Inherited },
  reading: Reading,
): Task | undefined {
  const specs = specsOf(path, reading);
  const spec = specs instanceof Map ? specs.get(entry) : undefined;
  const module = findModule('validate_argument_spec');
  if (!(spec instanceof Map) || module === undefined) return undefined;
  const short = spec.get('short_description');
  const about = isStr(short) ? ` - ${plain(short)}` : '';
  return {
    ...inherited,
    tags: [...inherited.tags, 'always'],
    kind: 'task',
    name: `Validating arguments against arg spec '${entry}'${about}`,
    module,
    action: 'ansible.builtin.validate_argument_spec',
    args: new Map<string, Value>([
      ['argument_spec', spec.get('options') ?? new Dict()],
      ['provided_arguments', new Dict([...(inherited.role?.params ?? [])])],
    ]),
    ...NOTHING_MORE,
    parent: inherited,
    at: { line: 1, column: 1 },
    file: `${path}/meta/argument_specs.yml`,
  };
}
