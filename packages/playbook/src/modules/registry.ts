import { apt } from './apt.js';
import { assert } from './assert.js';
import { command } from './command.js';
import { copy } from './copy.js';
import { debug } from './debug.js';
import { fail } from './fail.js';
import { file } from './file.js';
import { gatherFactsAction } from './gather-facts.js';
import { group } from './group.js';
import { meta } from './meta.js';
import type { Module } from './module.js';
import { ping } from './ping.js';
import { service } from './service.js';
import { setFact } from './set-fact.js';
import { setup } from './setup.js';
import { shell } from './shell.js';
import { stat } from './stat.js';
import { template } from './template.js';
import { user } from './user.js';

const ALL: readonly Module[] = [
  apt,
  assert,
  command,
  copy,
  debug,
  fail,
  file,
  gatherFactsAction,
  group,
  meta,
  ping,
  service,
  setFact,
  setup,
  shell,
  stat,
  template,
  user,
];

const MODULES: ReadonlyMap<string, Module> = new Map(ALL.map((module) => [module.name, module]));

/** A module by its short or full name (`ansible.builtin.copy`); undefined when there is none. */
export function findModule(name: string): Module | undefined {
  return MODULES.get(name.replace(/^ansible\.(?:builtin|legacy)\./, ''));
}

export function moduleNames(): string[] {
  return [...MODULES.keys()].sort();
}
