import { imageFields } from '@tenon/fields/entities/deployment';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';

import { core } from '../core.js';

/** Images. An image is what a machine starts from. */
export const image: ModelScreens = {
  name: 'core/image',
  type: 'Image',
  one: 'image',
  many: 'images',
  label: 'Image',
  labelPlural: 'Images',
  group: core,
  fields: imageFields,
  synced: false,
  description: 'An image is what a machine starts from.',
  columns: ['name', 'loginUser'],
  tabs: [{ path: '', label: 'Image Details', inputs: Object.keys(imageFields) }],
};
