import type { Subset } from './subset.js';

/** What date(1) prints by itself, in local time. */
const FORMATS = {
  ...{ year: '%Y', month: '%m', day: '%d', hour: '%H', minute: '%M', second: '%S', weekday: '%A' },
  ...{
    weekday_number: '%w',
    weeknumber: '%W',
    date: '%Y-%m-%d',
    time: '%H:%M:%S',
    epoch: '%s',
    epoch_int: '%s',
  },
  ...{ iso8601_basic: '%Y%m%dT%H%M%S%6N', iso8601_basic_short: '%Y%m%dT%H%M%S', tz: '%Z', tz_offset: '%z' },
};

function read(line: string): Readonly<Record<string, string>> {
  const values = line.split('|');
  return Object.fromEntries(Object.keys(FORMATS).map((name, index) => [name, values[index] ?? '']));
}

/** The zone's name in summer: that of January or July, whichever is further east. */
function summerName(january: Readonly<Record<string, string>>, july: Readonly<Record<string, string>>) {
  return Number(january.tz_offset) > Number(july.tz_offset) ? january.tz : july.tz;
}

/** One date for now, January and July: three lines in the same words. */
export const dateTime: Subset = {
  name: 'date_time',
  minimal: true,
  commands: {
    date_time: `printf '%s\\n' now 'Jan 1' 'Jul 1' | date -f - '+${Object.values(FORMATS).join('|')}'`,
  },
  read(printed) {
    const [now = '', january = '', july = ''] = printed.section('date_time').split('\n');
    const local = read(now);
    const utc = new Date(Number(local.epoch) * 1000).toISOString().slice(0, 19);
    return {
      date_time: {
        ...local,
        iso8601: `${utc}Z`,
        iso8601_micro: `${utc}.${local.iso8601_basic?.slice(-6) ?? ''}Z`,
        tz_dst: summerName(read(january), read(july)),
      },
    };
  },
};
