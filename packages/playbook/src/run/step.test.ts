import { describe, expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

const play = (tasks: string) => `- hosts: all\n  gather_facts: no\n  tasks:\n${tasks}`;

describe('step', () => {
  const files = {
    'site.yml': `${play(
      '    - { name: one, debug: , changed_when: true, notify: told }\n    - { name: two, debug: }\n    - { name: three, debug: }\n',
    )}  handlers: [{ name: told, debug: }]\n`,
  };

  async function stepping(answers: string[]) {
    const asked: string[] = [];
    const run = await runProject(files, {
      step: true,
      controller: {
        read: () => Promise.reject(new Error('nothing to read')),
        write: () => Promise.resolve(),
        ask: ({ text }) => {
          asked.push(text);
          return Promise.resolve(answers.shift() ?? '');
        },
      },
    });
    return { asked, results: run.results };
  }

  test('asks before each task and handler, and runs what is wished', async () => {
    const { asked, results } = await stepping(['y', '', 'Yes', 'n']);

    expect(results).toEqual(['one: changed', 'three: ok']);
    expect(asked).toEqual([
      'Perform task: TASK: one (N)o/(y)es/(c)ontinue: ',
      'Perform task: TASK: two (N)o/(y)es/(c)ontinue: ',
      'Perform task: TASK: three (N)o/(y)es/(c)ontinue: ',
      'Perform task: HANDLER: told (N)o/(y)es/(c)ontinue: ',
    ]);
  });

  test('"c" asks no more', async () => {
    const { asked, results } = await stepping(['n', 'c']);

    expect(results).toEqual(['two: ok', 'three: ok']);
    expect(asked).toHaveLength(2);
  });

  test('without a terminal nothing is run', async () => {
    const run = await runProject(files, { step: true });

    expect(run.results).toEqual([]);
    expect(run.failures[0]?.message).toMatch('cannot run step by step: no terminal is there');
  });
});
