/** How often and how patiently to try. */
interface Patience {
  readonly update_cache_retries: number;
  /** In seconds. */
  readonly update_cache_retry_max_delay: number;
}

/** When the package lists were read. apt writes the stamp only with its own timer, else the folder says it. */
export const STAMP = `stamp=/var/lib/apt/periodic/update-success-stamp; [ -e $stamp ] || stamp=/var/lib/apt/lists; `;

/**
 * Script text that reads the package lists anew, behind QUIETLY. Another apt may hold the lists' lock, which has no timeout of its
 * own: try again, with ever longer waits. `giveUp` is run when that was in vain; `$r` is the status. The time of success is written
 * down here, which Ansible leaves out, and therefore updates again when nothing had changed.
 */
export function updateLists(patience: Patience, giveUp: string): string {
  const { update_cache_retries: retries, update_cache_retry_max_delay: longest } = patience;
  return (
    `try=0; until quietly apt-get update -q; do r=$?; try=$((try + 1)); [ $try -lt ${Math.max(1, retries)} ] || ${giveUp}; ` +
    `w=$((1 << (try - 1))); [ $w -lt ${longest} ] || w=${longest}; sleep $w; done; ` +
    `if [ -d /var/lib/apt/periodic ]; then touch /var/lib/apt/periodic/update-success-stamp; else touch /var/lib/apt/lists; fi; ${STAMP}`
  );
}
