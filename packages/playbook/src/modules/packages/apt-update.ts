/** How often and how patiently to try. */
interface Patience {
  readonly update_cache_retries: number;
  /** In seconds. */
  readonly update_cache_retry_max_delay: number;
}

/** How long the lock of the lists is waited for, in fifths of a second. */
const PATIENCE_FOR_LOCK = 5 * 60;

/** When the package lists were read. apt writes the stamp only with its own timer, else the folder says it. */
export const STAMP = `stamp=/var/lib/apt/periodic/update-success-stamp; [ -e $stamp ] || stamp=/var/lib/apt/lists; `;

/**
 * Script text that reads the package lists anew, behind QUIETLY. The lists' lock has no timeout of its own: whoever finds it taken has
 * started apt for nothing, so tasks queue in front of it (flock), and when another program holds it, it is asked for again.
 * After any other failure the waits grow. `giveUp` is run when that was in vain; `$r` is the status. The time of success is
 * written down here, which Ansible leaves out, and therefore updates again when nothing had changed.
 */
export function updateLists(patience: Patience, giveUp: string): string {
  const { update_cache_retries: retries, update_cache_retry_max_delay: longest } = patience;
  return (
    `try=0; held=0; queue=; ! command -v flock >/dev/null || queue='flock -o /var/lib/apt'; ` +
    `until quietly $queue apt-get update -q; do r=$?; ` +
    `if [ $held -lt ${PATIENCE_FOR_LOCK} ] && grep -q 'Could not get lock' /dev/fd/6; then held=$((held + 1)); sleep 0.2; continue; fi; ` +
    `try=$((try + 1)); [ $try -lt ${Math.max(1, retries)} ] || ${giveUp}; ` +
    `w=$((1 << (try - 1))); [ $w -lt ${longest} ] || w=${longest}; sleep $w; done; ` +
    `if [ -d /var/lib/apt/periodic ]; then : >/var/lib/apt/periodic/update-success-stamp; else touch /var/lib/apt/lists; fi; ${STAMP}`
  );
}
