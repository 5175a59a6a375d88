import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints, codePointLength, codePointSlice } from './python/code-points.js';
import {
  concat,
  fromSpans,
  hasTaint,
  mapText,
  plain,
  slice,
  slicer,
  spansOf,
  tainted,
  Text,
} from './text.js';

const text = fc
  .array(fc.record({ text: fc.string({ unit: 'binary' }), tainted: fc.boolean() }), { maxLength: 5 })
  .map(fromSpans);

/** Whether each UTF-16 unit is tainted. */
const units = (value: Parameters<typeof spansOf>[0]): [string, boolean][] =>
  spansOf(value).flatMap((span) =>
    span.text.split('').map((unit): [string, boolean] => [unit, span.tainted]),
  );

describe('a text with taint', () => {
  it('has neighbouring spans of different taint, and is a plain string without any', () => {
    fc.assert(
      fc.property(text, (value) => {
        if (typeof value === 'string') return;

        expect(hasTaint(value)).toBe(true);
        expect(value.spans.every((span, index) => span.tainted !== value.spans[index + 1]?.tainted)).toBe(
          true,
        );
      }),
    );
  });

  it('keeps every character and its taint when it is joined', () => {
    fc.assert(
      fc.property(fc.array(text), text, (parts, separator) => {
        const expected = parts.flatMap((part, index) => [
          ...(index > 0 ? units(separator) : []),
          ...units(part),
        ]);

        expect(units(concat(parts, separator))).toEqual(expected);
      }),
    );
  });

  it('keeps every character and its taint when it is cut', () => {
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (value, start, end) => {
        expect(units(slice(value, start, end))).toEqual(units(value).slice(start, end));
      }),
    );
  });

  it('is cut into pieces one after the other as if each were cut alone', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(20), { maxLength: 6 }), (value, places) => {
        const piece = slicer(value);
        const cuts = places.toSorted((one, other) => one - other);

        for (const [index, start] of cuts.entries())
          expect(units(piece(start, cuts[index + 1]))).toEqual(units(slice(value, start, cuts[index + 1])));
      }),
    );
  });

  it('counts and cuts by code points, as Python does', () => {
    fc.assert(
      fc.property(text, fc.nat(8), fc.nat(8), (value, start, end) => {
        const points = Array.from(plain(value));

        expect(codePointLength(value)).toBe(points.length);
        expect(codePoints(value).map(plain)).toEqual(points);
        expect(plain(codePointSlice(value, start, end))).toBe(points.slice(start, end).join(''));
      }),
    );
  });

  it('is tainted as a whole when a change does not go piece by piece', () => {
    const value = concat(['a', tainted('b')]);

    expect(mapText(value, (whole) => whole.toUpperCase())).toEqual(concat(['A', tainted('B')]));
    expect(mapText(value, (whole) => `${String(whole.length)}${whole}`)).toEqual(tainted('2ab'));
  });

  it('stays recognisable when it is empty', () => {
    expect(hasTaint(tainted(''))).toBe(true);
    expect(concat(['a', tainted(''), 'b'])).toEqual(
      new Text([
        { text: 'a', tainted: false },
        { text: '', tainted: true },
        { text: 'b', tainted: false },
      ]),
    );
  });
});
