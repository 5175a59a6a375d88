import { DateTime, momentOf } from '../dates/date-time.js';
import { calendarOf, strftime } from '../dates/strftime.js';
import { strptime } from '../dates/strptime.js';
import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { exactCharacters, exactText } from '../python/convert.js';
import { define, type Operation } from '../signature.js';
import { isStr, mapText, plain } from '../text.js';
import { PyFloat, type Value } from '../values.js';

/** An epoch may come as a text, as facts do. */
function epoch(value: Value): Value {
  if (!isStr(value)) return value;
  const seconds = Number(plain(value));
  if (Number.isNaN(seconds))
    throw new OperandError(`Invalid value for epoch value (${plain(value)})`, 'give seconds since 1970');
  return new PyFloat(seconds);
}

/** Filters on dates. */
export const dateFilters: Record<string, Operation> = {
  strftime: define(['second', 'utc'], (input, [second = null, utc = false]) => {
    const calendar = calendarOf(momentOf(epoch(second)), truth(utc));
    return mapText(exactText(input), (format) => strftime(format, calendar));
  }),
  to_datetime: define(
    ['format'],
    (input, [format = '%Y-%m-%d %H:%M:%S']) =>
      new DateTime(strptime(exactCharacters(input), exactCharacters(format))),
  ),
};
