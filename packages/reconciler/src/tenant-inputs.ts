import type { Configurator } from './configurator-port.js';
import { inputsHash } from './inputs-hash.js';
import type { TenantSubject } from './subject.js';

/**
 * A hash of everything that decides what a tenant's machine looks like, except the machine itself: playbook and roles,
 * variables, the user and the key it is configured with. Throws when the playbook cannot be read.
 */
export async function tenantInputs(tenant: TenantSubject, configurator: Configurator): Promise<string> {
  const { playbook, variables, service } = tenant;
  return inputsHash({
    playbook,
    content: await configurator.hash(playbook),
    variables,
    loginUser: service.loginUser,
    publicKey: service.publicKey,
  });
}
