import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault, Victim } from './fault.ts';

/** The text of the service's playbook with one more task, which leaves a page of its own on every machine. */
export async function playbookWithNewPage(victim: Victim): Promise<string> {
  const page = `${randomUUID()}.html`;
  victim.pages.push(page);
  const text = await readFile(join(victim.playbooks, victim.playbook), 'utf8');
  const task = [
    `    - name: leave ${page}`,
    '      copy:',
    '        content: "here\\n"',
    `        dest: /var/www/html/${page}`,
  ];
  return `${text.trimEnd()}\n\n${task.join('\n')}\n`;
}

/** An operator adds a task to the playbook: every machine must get it, without anybody touching a tenant. */
export const editPlaybook: Fault = {
  name: 'the playbook is edited',
  inflict: async (victim) => {
    await writeFile(join(victim.playbooks, victim.playbook), await playbookWithNewPage(victim));
  },
};
