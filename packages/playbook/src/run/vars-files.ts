import { UndefinedError } from '@tenon/jinja/errors';
import { isStr, hasTaint, plain } from '@tenon/jinja/text';
import { isTainted, pyStr, type Value } from '@tenon/jinja/values';
import { dirname, isAbsolute, join } from 'node:path';
import { ModuleError } from '../modules/module.js';
import { readVariables } from '../parse/read-variables.js';
import { SourceError } from '../parse/source-files.js';
import type { Play } from '../parse/tree.js';
import type { Variables } from '../vars/layered-scope.js';
import type { Host } from './host.js';
import type { Templates } from './run.js';

const NONE: Variables = new Map();

/** Level 14: the vars_files of a play. Their names may need facts, so every host has its own. */
export class VarsFiles {
  private readonly loaded = new Map<Host, ReadonlyMap<string, Value>>();
  private readonly files = new Map<string, ReadonlyMap<string, Value>>();

  constructor(private readonly play: Play) {}

  of(host: Host): Variables {
    return this.loaded.get(host) ?? NONE;
  }

  /**
   * Reads them for a host. A name that cannot be known yet is left out. Throws ModuleError for a file that is not there or
   * cannot be read, TemplateError for a name that cannot be templated.
   */
  load(host: Host, templates: Templates): void {
    const variables = new Map<string, Value>();
    this.loaded.set(host, variables);
    for (const written of this.play.varsFiles) {
      const found = this.firstFound(Array.isArray(written) ? written : [written], templates);
      for (const [name, value] of found) variables.set(name, value);
    }
  }

  private firstFound(candidates: readonly Value[], templates: Templates): ReadonlyMap<string, Value> {
    const missing: string[] = [];
    for (const candidate of candidates) {
      const name = this.nameOf(candidate, templates);
      if (name === undefined) return new Map();
      const path = this.find(name);
      if (path !== undefined) return this.read(path);
      missing.push(name);
    }
    throw new ModuleError(`vars file ${missing.join(', ')} was not found`);
  }

  private nameOf(written: Value, templates: Templates): string | undefined {
    try {
      const value = templates.value(written);
      const isData = isTainted(value) || (isStr(value) && hasTaint(value));
      if (isData && this.play.reading.options.confined)
        throw new ModuleError(
          'refused: tenant data would choose a file of the synchronizer; name the file in the playbook',
        );
      return plain(pyStr(value));
    } catch (error) {
      if (error instanceof UndefinedError) return undefined;
      throw error;
    }
  }

  private find(name: string): string | undefined {
    const { files } = this.play.reading.options;
    const here = dirname(this.play.file);
    const places = isAbsolute(name)
      ? [name]
      : [here, this.play.folder].flatMap((folder) => [join(folder, 'vars', name), join(folder, name)]);
    return places.find((place) => files.kind(place) === 'file');
  }

  private read(path: string): ReadonlyMap<string, Value> {
    try {
      const known = this.files.get(path) ?? readVariables(this.play.reading.options.files, path);
      this.files.set(path, known);
      return known;
    } catch (error) {
      if (error instanceof SourceError) throw new ModuleError(error.message);
      throw error;
    }
  }
}
