import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { isExecutable, isProgram } from '../config/program.js';
import { readDataFile } from '../vars/vars-file.js';
import type { Decrypt } from '../vault/decrypt.js';
import { VaultError } from '../vault/vault-error.js';
import { isVaulted } from '../vault/vault.js';
import { readHostAddress } from './host-address.js';
import { readIniInventory } from './ini-inventory.js';
import { InventoryDraft } from './inventory-draft.js';
import { InventoryError } from './inventory-error.js';
import type { Inventory } from './inventory.js';
import { readScriptInventory } from './script-inventory.js';
import { readYamlInventory } from './yaml-inventory.js';

interface LoadOptions {
  /** What relative paths are below. @default the working directory */
  readonly cwd?: string;
  readonly decrypt?: Decrypt | undefined;
  readonly warn?: (message: string) => void;
  /** A source that cannot be read is an error, not a warning (any_unparsed_is_failed). @default false */
  readonly failOnUnparsed?: boolean;
  /** What names of files in a folder end in to be left out (inventory ignore_extensions). */
  readonly ignoredExtensions?: readonly string[];
}

/** Ansible's own list. */
const IGNORED_EXTENSIONS = [
  ...['.pyc', '.pyo', '.swp', '.bak', '~', '.rpm', '.md', '.txt', '.rst'],
  ...['.orig', '.ini', '.cfg', '.retry'],
];
const IGNORED_NAMES = /^\.|^(?:host_vars|group_vars|vars_plugins)$/;
const YAML_EXTENSIONS = ['', '.yml', '.yaml', '.json'];

interface Format {
  readonly name: string;
  readonly read: (draft: InventoryDraft) => void;
}

/** Reads the sources one after the other; a class because each adds to what those before it gave. */
class Loader {
  private draft = new InventoryDraft();

  constructor(
    private readonly options: LoadOptions,
    private readonly warn: (message: string) => void,
  ) {}

  load(sources: readonly string[]): Inventory {
    const paths = sources.map((source) => {
      const path = resolve(this.options.cwd ?? '.', source);
      return source.includes(',') && !existsSync(path) ? undefined : path;
    });
    const parsed = sources.map((source, index) => {
      const path = paths[index];
      return path === undefined ? this.readHostList(source) : this.readPath(path);
    });
    if (!parsed.includes(true)) {
      this.warn('No inventory was parsed, only implicit localhost is available');
    }
    if (this.draft.oddGroupNames.length > 0)
      this.warn('Invalid characters were found in group names but not replaced, use -vvvv to see details');
    return this.draft.finish(paths.filter((path) => path !== undefined));
  }

  private readHostList(list: string): boolean {
    const draft = this.draft.reading(list);
    for (const name of list.split(',').map((each) => each.trim())) {
      const { host, port } = readHostAddress(name) ?? { host: name, port: undefined };
      if (host !== '') draft.addHost(host, 'ungrouped', port);
    }
    this.draft = draft;
    return true;
  }

  private readPath(path: string): boolean {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() !== true) return this.readFile(path, found !== undefined);
    const ignored = this.options.ignoredExtensions ?? IGNORED_EXTENSIONS;
    const names = readdirSync(path)
      .sort()
      .filter((name) => !IGNORED_NAMES.test(name) && !ignored.some((end) => name.endsWith(end)));
    return names.map((name) => this.readPath(join(path, name))).includes(true);
  }

  private readFile(path: string, isThere: boolean): boolean {
    const failures: string[] = [];
    for (const { name, read } of isThere ? this.formatsOf(path) : []) {
      const draft = this.draft.reading(path);
      try {
        read(draft);
        this.draft = draft;
        return true;
      } catch (error) {
        if (!(error instanceof InventoryError || error instanceof VaultError)) throw error;
        failures.push(`Failed to parse ${path} with ${name} plugin: ${error.message}`);
      }
    }
    if (this.options.failOnUnparsed === true) {
      throw new InventoryError(
        [`Completely failed to parse inventory source ${path}`, ...failures].join('\n'),
      );
    }
    for (const failure of failures) this.warn(`\n* ${failure}`);
    this.warn(`Unable to parse ${path} as an inventory source`);
    return false;
  }

  /** In the order in which Ansible tries them; the first that can read the file is right. */
  private *formatsOf(path: string): Iterable<Format> {
    const { decrypt } = this.options;
    if (isExecutable(path) && isProgram(path)) {
      yield { name: 'script', read: (draft) => readScriptInventory(draft, path) };
    }
    const text = readFileSync(path, 'utf8');
    if (YAML_EXTENSIONS.includes(extname(path))) {
      const read = (draft: InventoryDraft) =>
        readYamlInventory(draft, readDataFile(path, text, { decrypt, warn: this.warn }), this.warn);
      yield { name: 'yaml', read };
    }
    const plaintext = () => (isVaulted(text) && decrypt !== undefined ? decrypt(text, path) : text);
    yield { name: 'ini', read: (draft) => readIniInventory(draft, plaintext()) };
  }
}

/**
 * Reads an inventory: files in INI, YAML or JSON form, executable scripts, lists of hosts (`a,b,`), folders of all
 * these (not their group_vars and host_vars, see inventoryVariables). Later sources add to earlier ones. As with
 * Ansible, a source that cannot be read is a warning, which names file and line; rejects with InventoryError only when
 * failOnUnparsed.
 */
export function loadInventory(sources: readonly string[], options: LoadOptions = {}): Promise<Inventory> {
  const loader = new Loader(options, options.warn ?? (() => undefined));
  return new Promise((done) => done(loader.load(sources)));
}
