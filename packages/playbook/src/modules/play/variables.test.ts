import { expect, test } from 'vitest';
import { runProject } from '../../testing/run-project.js';

const play = (tasks: string, more = '') => `- hosts: all\n  gather_facts: no\n${more}  tasks:\n${tasks}`;

test('set_fact and set_stats take templates as names', async () => {
  const run = await runProject({
    'site.yml': play(
      [
        '    - set_fact: { "{{ item }}_is": "{{ item }}" }',
        '      loop: [a, b]',
        '    - set_fact: "{{ a_is }}_{{ 1 }}=c"',
        '    - set_stats: { data: { "{{ a_is }}": 1 } }',
        '    - debug: { msg: "{{ a_is }} {{ b_is }} {{ a_1 }}" }',
        '    - set_fact: { "{{ a_is }}-": 1 }',
        '',
      ].join('\n'),
    ),
  });

  expect(run.said).toEqual(['a b c']);
  expect(run.failures[0]?.message).toMatch("The variable name 'a-' is not valid.");
});

test('debug shows what a template gives: a number that is worked out is a text', async () => {
  const run = await runProject({
    'site.yml': play(
      '    - { name: one, debug: { var: "1 + 1" } }\n    - { name: two, debug: { var: known } }\n',
      '  vars: { known: 2 }\n',
    ),
  });

  const details = run.events.filter(({ kind }) => kind === 'result').map(({ detail }) => detail);
  expect(details).toEqual([expect.objectContaining({ '1 + 1': '2' }), expect.objectContaining({ known: 2 })]);
});
