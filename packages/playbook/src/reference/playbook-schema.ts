import type { Module } from '../modules/module.js';
import type { Option } from '../modules/options.js';
import { keywordsOf } from '../parse/keywords.js';

type Schema = Readonly<Record<string, unknown>>;

/** What holds a template may be anything once it is templated. */
const TEMPLATE: Schema = { type: 'string', pattern: '\\{[{%]' };

function plainSchema(option: Option): Schema {
  switch (option.type) {
    case 'bool':
      return { enum: [true, false, 'yes', 'no', 'true', 'false', 'on', 'off'] };
    case 'int':
      return { type: ['integer', 'string'] };
    case 'list':
      return { type: ['array', 'string', 'number'] };
    case 'dict':
      return { type: ['object', 'string'] };
    case 'str':
      return option.choices === undefined
        ? { type: ['string', 'number', 'boolean', 'null'] }
        : { enum: [...option.choices] };
    case 'path':
      return { type: 'string' };
    case 'raw':
      return {};
  }
}

function optionSchema(option: Option): Schema {
  const schema = plainSchema(option);
  return option.type === 'raw'
    ? { description: option.help }
    : { description: option.help, anyOf: [schema, TEMPLATE, { type: 'null' }] };
}

function moduleSchema({ summary, options, open }: Module): Schema {
  const names = Object.entries(options).flatMap(([name, option]) =>
    [name, ...(option.aliases ?? [])].map((each) => [each, optionSchema(option)]),
  );
  const text = { type: ['string', 'null'] };
  const dictionary =
    open === true
      ? { type: 'object' }
      : { type: 'object', properties: Object.fromEntries(names) as Schema, additionalProperties: false };
  return { description: summary, anyOf: [text, dictionary] };
}

const anything = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, {}]));
const TASKS: Schema = { type: ['array', 'null'], items: { $ref: '#/$defs/task' } };
const sections = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, TASKS]));

/** A JSON schema of playbooks for editors (draft 2020-12): keywords, modules and their options. */
export function playbookSchema(modules: readonly Module[]): Schema {
  const byName = modules.flatMap((module) => {
    const schema = { $ref: `#/$defs/modules/${module.name}` };
    return [module.name, `ansible.builtin.${module.name}`].map((name) => [name, schema] as const);
  });
  const levels = ['task', 'handler', 'block'] as const;
  const keywords = [...new Set(levels.flatMap(keywordsOf))].sort();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Playbook',
    type: 'array',
    items: { $ref: '#/$defs/play' },
    $defs: {
      play: {
        type: 'object',
        properties: {
          ...anything([...keywordsOf('play'), 'import_playbook', 'ansible.builtin.import_playbook']),
          ...sections(['pre_tasks', 'tasks', 'post_tasks', 'handlers']),
        },
        anyOf: [
          { required: ['hosts'] },
          { required: ['import_playbook'] },
          { required: ['ansible.builtin.import_playbook'] },
        ],
      },
      task: {
        type: 'object',
        properties: {
          ...anything(keywords),
          ...sections(['block', 'rescue', 'always']),
          ...Object.fromEntries(byName),
        },
        patternProperties: { '^with_': {} },
      },
      modules: Object.fromEntries(modules.map((module) => [module.name, moduleSchema(module)])) as Schema,
    },
  };
}
