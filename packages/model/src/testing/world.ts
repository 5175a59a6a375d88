import {
  instanceDescription,
  servicePrivilegeDescription,
  siteDescription,
  sitePrivilegeDescription,
  sliceDescription,
  slicePrivilegeDescription,
  userDescription,
} from '../core-entities.js';
import type { Row } from '../entities/row.js';
import type { EntityDescription } from '../entity-description.js';
import type { UserPrincipal } from '../principal.js';
import { createRow } from '../write.js';
import { fill } from './fill.js';
import type { Values } from './fill.js';
import type { TestInstallation } from './installation.js';
import { pageServiceDescription, pageTenantDescription } from './pages/pages.js';

/** Makes rows as one user, by default the admin; every call is a transaction of its own. */
export class World {
  constructor(
    readonly installation: TestInstallation,
    private readonly user: UserPrincipal = installation.admin,
  ) {}

  /** The same for another user. */
  as(user: UserPrincipal): World {
    return new World(this.installation, user);
  }

  async add<T extends Row>(description: EntityDescription<T>, values: Values): Promise<T> {
    const { row } = await createRow(this.installation.as(this.user), description, fill(values));
    return row;
  }

  site = (loginBase: string) => this.add(siteDescription, { name: loginBase, loginBase });

  service = (name: string, values: Values = {}) =>
    this.add(pageServiceDescription, { name, versionNumber: '1', ...values });

  slice = (name: string, values: Values) => this.add(sliceDescription, { name, ...values });

  tenant = (values: Values = {}) => this.add(pageTenantDescription, { message: 'hello', ...values });

  instance = (values: Values) => this.add(instanceDescription, values);

  async addUser(name: string, values: Values): Promise<UserPrincipal> {
    const user = await this.add(userDescription, {
      email: `${name}@example.org`,
      firstname: name,
      lastname: name,
      ...values,
    });
    return { kind: 'user', userId: user.id, isAdmin: user.isAdmin, isReadonly: user.isReadonly };
  }

  onSite = (user: UserPrincipal, site: number, role: 'admin' | 'pi' | 'tech') =>
    this.add(sitePrivilegeDescription, { user: user.userId, site, role });

  onSlice = (user: UserPrincipal, slice: number, role: 'admin' | 'access') =>
    this.add(slicePrivilegeDescription, { user: user.userId, slice, role });

  onService = (user: UserPrincipal, service: number) =>
    this.add(servicePrivilegeDescription, { user: user.userId, service, role: 'admin' });
}
