import { gunzipSync } from 'node:zlib';
import type { Str } from '@tenon/jinja/text';
import { pathWord } from '../shell/path-word.js';
import { readReport, reportFunction } from './files/file-report.js';
import { NEXT, type Plan, type Step } from './module.js';

/** Reads the files of a folder on the machine, not those below. */
export function readFragments(
  folder: Str,
  then: (fragments: { name: string; content: Buffer }[]) => Step,
): Plan {
  return {
    script:
      `${reportFunction}d=${pathWord(folder, 'src')}; [ -e "$d" ] || report failed "Source ($d) does not exist"; [ -d "$d" ] || report failed "Source ($d) is not a directory"; ` +
      `for f in "$d"/* "$d"/.[!.]*; do [ ! -f "$f" ] || { printf '%s\\0' "\${f##*/}"; wc -c <"$f" | tr '\\n' '\\0'; cat -- "$f"; }; done | gzip -1c; exit ${NEXT}`,
    interpret(output) {
      if (output.rc !== NEXT) {
        const report = readReport(output, 'read the fragments');
        return 'status' in report ? then([]) : report;
      }
      const bytes = gunzipSync(output.stdout);
      const fragments: { name: string; content: Buffer }[] = [];
      for (let at = 0; at < bytes.length;) {
        const nameEnd = bytes.indexOf(0, at);
        const sizeEnd = bytes.indexOf(0, nameEnd + 1);
        const size = Number(bytes.subarray(nameEnd + 1, sizeEnd).toString());
        const content = bytes.subarray(sizeEnd + 1, sizeEnd + 1 + size);
        fragments.push({ name: bytes.subarray(at, nameEnd).toString(), content });
        at = sizeEnd + 1 + size;
      }
      return then(fragments);
    },
  };
}
