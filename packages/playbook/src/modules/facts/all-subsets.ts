import { capabilities } from './capabilities.js';
import { dateTime } from './date-time.js';
import { devices } from './devices.js';
import { distribution } from './distribution.js';
import { dns } from './dns.js';
import { firmware } from './firmware.js';
import { initiators } from './initiators.js';
import { commandLine, load } from './kernel-state.js';
import { local } from './local.js';
import { lsb } from './lsb.js';
import { lvm } from './lvm.js';
import { packageManager, serviceManager } from './managers.js';
import { memory } from './memory.js';
import { mounts } from './mounts.js';
import { network } from './network.js';
import { platform } from './platform.js';
import { processor } from './processor.js';
import { python } from './python.js';
import { apparmor, chroot, fips, selinux, sshHostKeys } from './security.js';
import type { Subset } from './subset.js';
import { environment, user } from './user-and-environment.js';
import { virtualization } from './virtualization.js';

/** Everything that setup can gather; `factFolder` is a word of the shell, the time is for sizes of mounts. */
export function allSubsets({
  factFolder,
  seconds,
}: {
  factFolder: string;
  seconds: number;
}): readonly Subset[] {
  return [
    ...[platform, distribution, lsb],
    ...[python, selinux, apparmor, capabilities, chroot, fips],
    ...[packageManager, serviceManager, commandLine, dateTime, environment, load, sshHostKeys, user],
    virtualization,
    ...[processor, memory, firmware, devices, lvm, mounts(seconds)],
    ...[dns, network, ...initiators],
    local(factFolder),
  ];
}
