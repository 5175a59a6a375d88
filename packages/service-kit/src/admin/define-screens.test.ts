import { text } from '@tenon/fields/field';
import { describe, expect, it } from 'vitest';

import { defineScreens } from './define-screens.js';
import { serviceModel, tenantModel } from './service-models.js';

const shared = { label: 'Widget', labelPlural: 'Widgets', description: 'A widget.', columns: ['name'] };
const screens = defineScreens({
  kind: 'widgetservice',
  models: [
    serviceModel({
      ...shared,
      name: 'widgetservice/widgetservice',
      type: 'WidgetService',
      tenant: 'widgetservice/widget',
      fields: {
        name: text({ label: 'Name', maxLength: 9 }),
        colour: text({ label: 'Colour', maxLength: 9 }),
      },
    }),
    tenantModel({
      ...shared,
      name: 'widgetservice/widget',
      type: 'Widget',
      service: 'widgetservice/widgetservice',
      kind: 'widgetservice',
      fields: { size: text({ label: 'Size', maxLength: 9 }) },
    }),
  ],
});

describe('the screens of a service', () => {
  it('have an administration page that is named after its kind', () => {
    expect(screens.group).toEqual({ path: 'widgetservice', title: 'Widgetservice' });
  });

  it('find the queries of the API by the name of the type', () => {
    expect(screens.models.map(({ one, many }) => [one, many])).toEqual([
      ['widgetService', 'widgetServices'],
      ['widget', 'widgets'],
    ]);
  });

  it('show the fields that the service adds, without being told', () => {
    const inputs = screens.models.map(({ tabs }) =>
      tabs[0]?.inputs?.filter((item) => typeof item === 'string'),
    );

    expect(inputs[0]).toContain('colour');
    expect(inputs[1]).toContain('size');
  });
});
