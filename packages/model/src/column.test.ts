import { choice, flag, integer, reference, secret, text } from '@tenon/fields/field';
import { describe, expect, it } from 'vitest';

import { Column, ReferenceColumn } from './column.js';
import { columnsOf } from './column-registry.js';
import { Site } from './entities/site.js';
import type { Slice } from './entities/slice.js';
import { Tenant } from './entities/tenant.js';
import { PageTenant } from './testing/pages/pages.js';

describe('a property whose type is not that of its field', () => {
  // The compiler is the test: an unused @ts-expect-error fails the build of this package.
  it('does not compile', () => {
    class Wrong {
      // @ts-expect-error a field that may be empty needs null in the type
      @Column(text({ label: 'a', maxLength: 1 }))
      nullable!: string;

      // @ts-expect-error a required field is never null
      @Column(text({ label: 'b', maxLength: 1, required: true }))
      required!: string | null;

      // @ts-expect-error a number is no text
      @Column(integer({ label: 'c', required: true }))
      number!: string;

      // @ts-expect-error one of the choices is missing
      @Column(
        choice({
          label: 'd',
          required: true,
          choices: [
            { value: 'x', label: 'X' },
            { value: 'y', label: 'Y' },
          ],
        }),
      )
      choice!: 'x';

      // @ts-expect-error a reference to another class
      @ReferenceColumn(() => Site, reference({ label: 'e', to: 'Site', required: true }))
      reference!: Slice;

      @Column(flag({ label: 'f', default: true }))
      right!: boolean;

      @Column(text({ label: 'g', maxLength: 1 }), { always: true })
      always!: string;
    }

    expect([...columnsOf(Wrong).keys()]).toContain('right');
  });
});

describe('columnsOf', () => {
  it('knows the columns of the base classes, and who writes each', () => {
    const columns = columnsOf(PageTenant);

    expect(columns.get('message')?.writer).toBe('people');
    expect(columns.get('lastError')?.writer).toBe('worker');
    expect(columns.get('provider')?.target?.().name).toBe('Service');
  });

  it('does not tell a base class of the columns of its children', () => {
    expect(columnsOf(Tenant).has('message')).toBe(false);
  });

  it('keeps a secret a secret field', () => {
    class Keeper {
      @Column(secret({ label: 'Key' }))
      key!: string | null;
    }

    expect(columnsOf(Keeper).get('key')?.field.kind).toBe('secret');
  });
});
