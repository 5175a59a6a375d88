import { blocked, failed, waiting } from '@tenon/service-kit/outcome';

import type { ConfigureResult } from '../configurator-port.js';
import { recordRun } from '../run-recorder.js';
import type { Step, StepOutcome } from '../step.js';
import type { TenantInstance, TenantSubject } from '../subject.js';
import { tenantInputs } from '../tenant-inputs.js';
import { awaitInstance } from './await-instance.js';
import { isSettled } from './settled.js';
import { triggerOf } from './trigger.js';

/** How long after its creation a machine may refuse connections before that is an error, in ms. */
const BOOT_MS = 60_000;

/** The instance of a tenant has been configured by the service's playbook with the tenant's variables. */
export const configure: Step<TenantSubject> = {
  look: async (tenant, { configurator }) => {
    if (tenant.problem !== null) return failed(tenant.problem);
    const stop = awaitInstance(tenant.instance);
    if (stop !== null) return stop;
    const inputs = await tenantInputs(tenant, configurator);
    const incarnation = tenant.instance?.incarnation ?? '';
    return isSettled(tenant.facts, inputs, incarnation) ? { kind: 'settled' } : { kind: 'due', inputs };
  },
  act: async ({ subject: tenant, ports, inputs, signal }) => {
    const { instance, playbook } = tenant;
    const target = instance?.target ?? null;
    if (instance === null || target === null)
      return blocked('its instance was deleted; save it to get a new one');
    const result = await recordRun(
      { tenant, trigger: triggerOf(tenant), secrets: [target.privateKey] },
      ports.runs,
      (onEvent) =>
        ports.configurator.run({
          playbook,
          target,
          trusted: machineFacts(tenant, target),
          unsafe: tenant.variables,
          signal,
          onEvent,
        }),
    );
    return outcomeOf(result, playbook, instance, inputs);
  },
};

/** What the original gave every playbook, minus its secrets. */
function machineFacts(tenant: TenantSubject, target: { name: string; host: string; user: string }) {
  return {
    instance_name: target.name,
    ssh_ip: target.host,
    username: target.user,
    ansible_tag: tenant.key,
  };
}

function outcomeOf(
  result: ConfigureResult & { summary: string },
  playbook: string,
  instance: TenantInstance,
  inputs: string,
): StepOutcome {
  switch (result.outcome) {
    case 'succeeded':
      return { kind: 'synced', applied: { inputs, on: instance.incarnation ?? '-' } };
    case 'unreachable':
      if (instance.ageMs !== null && instance.ageMs < BOOT_MS) {
        return waiting(`${instance.label} does not answer over SSH yet`, { retryAfterMs: 1000 });
      }
      return failed(`cannot reach ${instance.label}: ${result.summary}`);
    case 'failed':
    case 'cancelled':
      return failed(
        `${playbook} ${result.outcome === 'failed' ? 'failed' : 'was cancelled'}: ${result.summary}`,
      );
  }
}
