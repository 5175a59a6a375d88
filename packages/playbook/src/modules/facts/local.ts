import { jsonLiterals, NoLiteral, parseLiteral } from '@tenon/jinja/python/literal';
import { NoIni, readIni } from './ini.js';
import type { Subset } from './subset.js';

/** JSON, else INI, else the sentence that Ansible leaves in the fact's place. */
function readFact(text: string, path: string): unknown {
  try {
    return parseLiteral(text, jsonLiterals);
  } catch (error) {
    if (!(error instanceof NoLiteral)) throw error;
  }
  try {
    return readIni(text);
  } catch (error) {
    if (!(error instanceof NoIni)) throw error;
    return `error loading facts as JSON or ini - please check content: ${path}`;
  }
}

/**
 * Facts that the machine has of itself: every *.fact in a folder, run when it is a program. `folder` is a word of the shell.
 * What a program prints comes in a section of its own and its errors in the next, with the exit status in front.
 */
export const local = (folder: string): Subset => ({
  name: 'local',
  minimal: true,
  commands: {
    local: `for f in ${folder}/*.fact; do [ -f "$f" ] || continue
if [ -x "$f" ]; then mark "local $f"; { e=$("$f" 2>&1 >&3 3>&- </dev/null); } 3>&1; r=$?; mark "ended $f"; printf '%s %s' "$r" "$e"
else mark "local $f"; cat "$f"; fi; done`,
  },
  read(printed) {
    const ended = new Map(printed.sectionsOf('ended '));
    const facts = printed.sectionsOf('local ').map(([path, text]) => {
      const name = path.replace(/.*\//, '').replace('.fact', '');
      const [, rc = '0', stderr = ''] = /^(\d+) ([\s\S]*)$/.exec(ended.get(path) ?? '') ?? [];
      if (rc === '0') return [name, readFact(text.replace(/\n$/, ''), path)];
      return [name, `Failure executing fact script (${path}), rc: ${rc}, err: ${stderr}`];
    });
    return { local: Object.fromEntries(facts) as Record<string, unknown> };
  },
});
