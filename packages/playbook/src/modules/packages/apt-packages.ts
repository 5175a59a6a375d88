import { plain } from '@tenon/jinja/text';
import { spansOf, type Str } from '@tenon/jinja/values';
import { ModuleError } from '../module.js';

/** A package that a task names, taken apart. */
export interface WantedPackage {
  /** As apt-get takes it, but for `>=`. */
  readonly written: string;
  /** Perhaps with an architecture, perhaps a glob. */
  readonly name: string;
  readonly isGlob: boolean;
  readonly comparison: '' | '=' | '>=';
  /** A glob after `=`. */
  readonly version: string;
}

const PACKAGE =
  /^([a-z0-9*?[][a-z0-9.+*?[\]!-]*(?::[a-z0-9-]+)?)(?:(>?=)([\w.+:~*?[\]-]+)|\/[a-z][\w.+-]*)?$/i;

function readPackage(name: Str): WantedPackage {
  const written = plain(name).trim();
  const [, own = '', comparison = '', version = ''] = PACKAGE.exec(written) ?? [];
  const sentence = `${JSON.stringify(written)} is no package name; write name, name=version or name:architecture`;
  if (own === '') throw new ModuleError(sentence);
  const hasForeignGlob = spansOf(name).some((span) => span.tainted && /[*?[]/.test(span.text));
  if (hasForeignGlob)
    throw new ModuleError(`refused: tenant data would be a pattern for package names; ${sentence}`);
  return {
    written,
    name: own,
    isGlob: /[*?[]/.test(own),
    comparison: comparison === '=' || comparison === '>=' ? comparison : '',
    version,
  };
}

/** The packages of a task; `*` alone stands for all of them. Throws ModuleError for a name that cannot be one. */
export function readPackages(names: readonly Str[] = []): { packages: WantedPackage[]; all: boolean } {
  const all = names.some((name) => name === '*');
  return { packages: names.filter((name) => name !== '*').map(readPackage), all };
}
