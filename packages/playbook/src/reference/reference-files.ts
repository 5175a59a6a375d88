import { findModule, moduleNames } from '../modules/registry.js';
import { moduleIndex, modulePage } from './module-page.js';
import { playbookSchema } from './playbook-schema.js';

/** The generated reference: texts by their paths below docs/reference. */
export function referenceFiles(): ReadonlyMap<string, string> {
  const modules = moduleNames().flatMap((name) => findModule(name) ?? []);
  return new Map([
    ['modules/README.md', moduleIndex(modules)],
    ...modules.map((module) => [`modules/${module.name}.md`, modulePage(module)] as const),
    ['playbook.schema.json', `${JSON.stringify(playbookSchema(modules), null, 2)}\n`],
  ]);
}
