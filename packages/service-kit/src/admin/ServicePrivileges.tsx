import { Privileges } from './Privileges.js';

/** Who may do what with a service. */
export function ServicePrivileges() {
  return <Privileges resource="core/serviceprivilege" target="service" />;
}
