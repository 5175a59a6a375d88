import type { Deployment, DeploymentSettings } from '../entities/deployment.js';
import type { Rules } from '../entity-description.js';
import { keepOneDefault } from './one-default.js';
import { queryOne } from './query.js';

/** Where subnets come from when no deployment says it: what the original used. */
const DEFAULT_SETTINGS: DeploymentSettings = { natSubnet: '10.11.0.0/16', privatePool: '10.0.0.0/16' };

/** There is one default deployment; a new one has the networks of the installation. */
export const deploymentRules: Rules<Deployment> = {
  async creating(em, deployment) {
    const existing = await queryOne<{ settings: DeploymentSettings }>(
      em,
      'select settings from deployment order by is_default desc, id limit 1',
    );
    deployment.settings = existing?.settings ?? DEFAULT_SETTINGS;
    await keepOneDefault(em, 'deployment', deployment);
  },
  updating: (em, deployment) => keepOneDefault(em, 'deployment', deployment),
};
