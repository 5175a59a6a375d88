import { describe, expect, test } from 'vitest';
import { drainPatterns, type Drain } from './tcp-table.js';

const LINES = {
  own: '   1: 0100007F:1F90 0200000A:C350 01 00000000:00000000 00:00000000 00000000     0',
  other: '   2: 0500000A:1F90 0200000A:C350 01 00000000:00000000 00:00000000 00000000     0',
  listening: '   3: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0',
  mapped: '   4: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000300000A:C350 06 00000000',
  six: '   5: 00000000000000000000000001000000:1F90 00000000000000000000000001000000:C350 01 00000000',
};

function counted(drain: Partial<Drain>): string[] {
  const all = { host: '127.0.0.1', port: 8080, states: ['ESTABLISHED', 'TIME_WAIT'], excluded: [], ...drain };
  const { active, ignored } = drainPatterns(all);
  const lines = Object.entries(LINES);
  return lines
    .filter(([, line]) => new RegExp(active).test(line) && !new RegExp(ignored).test(line))
    .map(([name]) => name);
}

describe('the connections that count', () => {
  test.each([
    ['of one address', {}, ['own', 'mapped']],
    ['of every address', { host: '0.0.0.0' }, ['own', 'other', 'mapped', 'six']],
    ['of IPv6', { host: '::1' }, ['six']],
    ['of localhost', { host: 'localhost' }, ['own', 'mapped', 'six']],
    ['of another port', { port: 80 }, []],
    ['in other states', { states: ['SYN_SENT'] }, []],
    ['but for some hosts', { excluded: ['10.0.0.3'] }, ['own']],
  ])('%s', (_, drain, names) => {
    expect(counted(drain)).toEqual(names);
  });

  test('a name and an unknown state are refused', () => {
    expect(() => counted({ host: 'example.org' })).toThrow('write its address');
    expect(() => counted({ states: ['SLEEPING'] })).toThrow(
      'unknown active_connection_state (SLEEPING) defined',
    );
  });
});
