import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { freshnessTest, HAS_JOURNAL, manualStep, wantsUpdate, type AptWork } from './apt-script.js';
import { choosePackages } from './apt-selection.js';
import { STAMP } from './apt-update.js';
import { NEXT } from '../module.js';
import { END, FIELDS } from '../script-fields.js';

/** Whether apt-get is run whatever is installed: then there is no use in looking first. */
export function alwaysRunsApt({ args, packages, all }: AptWork): boolean {
  const state = plain(args.state);
  const updates = args.update_cache === true && args.cache_valid_time <= 0;
  const repairs = state === 'fixed' || state === 'build-dep';
  const maintains = args.autoclean || args.autoremove || plain(args.upgrade) !== 'no';
  return (
    updates || repairs || all || args.deb !== undefined || args.clean || (maintains && packages.length === 0)
  );
}

/**
 * A plain script that looks whether aptScript would run apt-get or dpkg, and ends with NEXT if so. Its other results are those
 * of aptScript.
 */
export function aptLook(work: AptWork): string {
  const { args, packages } = work;
  const next = `exit ${NEXT}; `;
  return (
    `${FIELDS}set -f; N='\n'; command -v apt-get >/dev/null || fail ${quote(work.withoutApt)}; ${STAMP}` +
    `if ${HAS_JOURNAL}; then ${next}fi; ` +
    (wantsUpdate(work) ? `{ ${freshnessTest(args.cache_valid_time)}; } || ${next}` : '') +
    (packages.length === 0
      ? ''
      : `${choosePackages(work)}[ -z "$chosen" ] || ${next}${manualStep(work, next)}`) +
    `say updated 0; say time "$(stat -c %Y $stamp 2>/dev/null)"; ${END}`
  );
}
