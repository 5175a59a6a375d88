import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { Dict } from '@tenon/jinja/dict';
import { pythonRegex } from '@tenon/jinja/python/regex';
import { plain, type Str } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { InventoryError } from '../../inventory/inventory-error.js';
import { readVarsFile } from '../../vars/vars-file.js';
import { VaultError } from '../../vault/vault-error.js';
import { defineModule, done, failure, ModuleError, type ModuleContext, type Step } from '../module.js';
import type { Arguments } from '../options.js';

type Layer = ReadonlyMap<string, Value>;

interface Choice {
  readonly depth: number;
  readonly matching: Str | undefined;
  readonly ignored: readonly Str[];
  readonly extensions: readonly Str[];
  readonly ignoresUnknown: boolean;
}

/** The files of a folder that are wanted, folder by folder. Throws ModuleError for an extension that is not. */
function filesIn(folder: string, choice: Choice, level = 1): string[] {
  if (choice.depth !== 0 && level > choice.depth) return [];
  const names = readdirSync(folder).sort();
  const isFolder = (name: string) => statSync(join(folder, name)).isDirectory();
  const fits = (name: string) => {
    if (choice.matching !== undefined && name.search(pythonRegex(plain(choice.matching))) < 0) return false;
    if (choice.ignored.some((pattern) => name.search(pythonRegex(`${plain(pattern)}$`)) >= 0)) return false;
    const known = choice.extensions.map(plain);
    if (known.includes(extname(name).slice(1))) return true;
    if (choice.ignoresUnknown) return false;
    throw new ModuleError(`${join(folder, name)} does not have a valid extension: ${known.join(', ')}`);
  };
  const files = names.filter((name) => !isFolder(name) && fits(name)).map((name) => join(folder, name));
  return [
    ...files,
    ...names.filter(isFolder).flatMap((name) => filesIn(join(folder, name), choice, level + 1)),
  ];
}

async function readLayer(path: string, { folder, decrypt }: ModuleContext): Promise<Layer> {
  try {
    return readVarsFile(path, (await folder.read(path)).toString(), { decrypt });
  } catch (error) {
    if (error instanceof InventoryError || error instanceof VaultError) throw new ModuleError(error.message);
    throw error;
  }
}

function merged(below: Value | undefined, above: Value): Value {
  if (!(below instanceof Map) || !(above instanceof Map)) return above;
  const result = new Dict(below);
  for (const [key, value] of above) result.set(key, merged(result.get(key), value));
  return result;
}

const options = {
  cmd: { type: 'str', aliases: ['file'], help: 'The file (vars/).' },
  dir: { type: 'str', help: 'A folder of files.' },
  name: { type: 'str', help: 'Keep them as one dictionary of this name.' },
  depth: { type: 'int', default: 0, help: 'How many levels of folders; 0 for all.' },
  files_matching: { type: 'str', help: 'Only files whose name matches.' },
  ignore_files: { type: 'list', default: [], help: 'No files whose name ends so.' },
  extensions: { type: 'list', default: ['yaml', 'yml', 'json'], help: 'Only files of these extensions.' },
  ignore_unknown_extensions: { type: 'bool', default: false, help: 'Leave others out instead of failing.' },
  hash_behaviour: {
    type: 'str',
    choices: ['replace', 'merge'],
    help: 'Join dictionaries with known ones.',
  },
} as const;

/** Throws ModuleError for files that are not there or cannot be read. */
async function readAll(args: Arguments<typeof options>, context: ModuleContext): Promise<Step> {
  if (args.dir !== undefined && args.cmd !== undefined)
    throw new ModuleError('You are mixing file only and dir only arguments, these are incompatible');
  const found = await context.folder.find(args.dir ?? args.cmd ?? '', 'vars');
  const choice = {
    depth: args.depth,
    matching: args.files_matching,
    ignored: args.ignore_files,
    extensions: args.extensions,
    ignoresUnknown: args.ignore_unknown_extensions,
  };
  const all = args.dir === undefined ? [found] : filesIn(found, choice);
  // A role's main.yml is read with the role.
  const files = args.dir === undefined ? all : all.filter((path) => basename(path) !== 'main.yml');
  const variables = new Map<string, Value>();
  for (const path of files)
    for (const [name, value] of await readLayer(path, context)) variables.set(name, value);
  const named: Layer =
    args.name === undefined ? variables : new Map([[plain(args.name), new Dict([...variables])]]);
  const merges = args.hash_behaviour !== undefined && plain(args.hash_behaviour) === 'merge';
  const kept = new Map(
    [...named].map(([name, value]) => [name, merges ? merged(context.scope.get(name), value) : value]),
  );
  const returns = { ansible_facts: kept, ansible_included_var_files: files.map((path) => pyStr(path)) };
  return done({ changed: false, includedVars: kept, returns });
}

export const includeVars = defineModule({
  name: 'include_vars',
  summary: 'Reads variables from files beside the playbook or role.',
  checkMode: 'supported',
  options,
  freeForm: ['name', 'depth', 'dir', 'file', 'files_matching', 'hash_behaviour'],
  examples: `
- include_vars: "{{ ansible_os_family }}.yml"
`,
  returns: { ansible_facts: 'The variables.', ansible_included_var_files: 'The files.' },
  async run(args, context) {
    try {
      return await readAll(args, context);
    } catch (error) {
      if (!(error instanceof ModuleError)) throw error;
      const { message } = error;
      return failure(message, { message, ansible_facts: {}, ansible_included_var_files: [] });
    }
  },
});
