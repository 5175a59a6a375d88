import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { playbookWithNewPage } from './edit-playbook.ts';
import type { Fault } from './fault.ts';

/** A service is told to use another playbook: all its tenants must follow, although no tenant was edited. */
export const editSetting: Fault = {
  name: "the service's setting is edited",
  inflict: async (victim) => {
    const playbook = `other-${randomUUID()}.yaml`;
    await writeFile(join(victim.playbooks, playbook), await playbookWithNewPage(victim));
    await victim.client.ask(
      'updateExampleService',
      'mutation ($id: Int!, $input: UpdateExampleServiceInput!) { updateExampleService(id: $id, input: $input) { id } }',
      { id: victim.serviceId, input: { playbook } },
    );
    victim.playbook = playbook;
  },
};
