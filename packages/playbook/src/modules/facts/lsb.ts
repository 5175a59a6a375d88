import type { Subset } from './subset.js';

/** Words of /etc/lsb-release and of `lsb_release -a`, by the name of their fact. */
const WORDS: readonly (readonly [fact: string, inFile: string, printed: string])[] = [
  ['id', 'DISTRIB_ID', 'Distributor ID'],
  ['release', 'DISTRIB_RELEASE', 'Release'],
  ['description', 'DISTRIB_DESCRIPTION', 'Description'],
  ['codename', 'DISTRIB_CODENAME', 'Codename'],
];

export const lsb: Subset = {
  name: 'lsb',
  minimal: true,
  files: ['/etc/lsb-release'],
  commands: { lsb: 'if command -v lsb_release >/dev/null; then lsb_release -a 2>/dev/null; fi' },
  read(printed) {
    const lines = [...printed.section('lsb').split('\n'), ...printed.lines('/etc/lsb-release')];
    const facts = WORDS.flatMap(([fact, inFile, label]): [string, string][] => {
      const line = lines.find((each) => each.startsWith(`${inFile}=`) || each.startsWith(`${label}:`));
      return line === undefined
        ? []
        : [
            [
              fact,
              line
                .slice(line.search(/[=:]/) + 1)
                .trim()
                .replaceAll(/^["'\\]+|["'\\]+$/g, ''),
            ],
          ];
    });
    const release = new Map(facts).get('release');
    const major = release === undefined ? {} : { major_release: release.split('.')[0] };
    return { lsb: { ...Object.fromEntries(facts), ...major } };
  },
};
