import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { Section } from './section.js';
import type { Prompt } from './tree.js';

function flag(value: Value | undefined, otherwise: boolean): boolean {
  if (typeof value === 'boolean') return value;
  return isStr(value) ? /^(?:yes|on|true|1)$/i.test(plain(value)) : otherwise;
}

function readPrompt(section: Section): Prompt | undefined {
  const name = section.text('name');
  if (name === undefined) {
    section.problems.error(section.at, 'a question of vars_prompt needs the name of its variable: name: …');
    return undefined;
  }
  const size = section.value('salt_size');
  return {
    name,
    text: section.value('prompt') ?? name,
    fallback: section.value('default'),
    hidden: flag(section.value('private'), true),
    confirm: flag(section.value('confirm'), false),
    unsafe: flag(section.value('unsafe'), false),
    encrypt: section.text('encrypt'),
    salt: section.text('salt'),
    saltSize: typeof size === 'number' ? size : undefined,
  };
}

/** The questions of a play. */
export function readPrompts(play: Section): Prompt[] {
  const node = play.node('vars_prompt');
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    if (item.kind === 'map') return readPrompt(new Section(item.entries, item.at, play.problems)) ?? [];
    play.problems.error(item.at, 'vars_prompt is a list of questions, each with a "name"');
    return [];
  });
}
