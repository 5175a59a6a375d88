import { join } from 'node:path';
import { run, type Lab, type Output } from './lab.ts';

/** A program that runs playbooks. */
export interface Engine {
  readonly name: string;
  readonly program: string;
}

const root = join(import.meta.dirname, '..', '..');

export const ANSIBLE: Engine = { name: 'ansible', program: 'ansible-playbook' };
export const TENON: Engine = {
  name: 'tenon',
  program: join(root, 'packages', 'playbook', 'bin', 'tenon-playbook'),
};

/** The variables of the lab's playbooks. */
export const VARIABLES: readonly string[] = ['-e', 'instance_name=t', '-e', "tenant_message='hi there'"];

/** Runs one playbook with the json callback. */
export function runPlaybook(engine: Engine, playbook: string, lab: Lab): Promise<Output> {
  return run(
    engine.program,
    ['-i', lab.inventory, ...VARIABLES, '-e', `scratch=${join(lab.scratch, engine.name)}`, playbook],
    {
      env: { ...lab.env, ANSIBLE_STDOUT_CALLBACK: 'json' },
    },
  );
}
