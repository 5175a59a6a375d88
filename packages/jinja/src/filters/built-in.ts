import type { Operation } from '../signature.js';
import { dataFormatFilters } from './data-formats.js';
import { encodingFilters } from './encoding.js';
import { logicFilters } from './logic.js';
import { mappingFilters } from './mappings.js';
import { numberFilters } from './numbers.js';
import { regexFilters } from './regex.js';
import { selectFilters } from './select.js';
import { sequenceFilters } from './sequences.js';
import { setFilters } from './sets.js';
import { structureFilters } from './structures.js';
import { pathFilters } from './paths.js';
import { layoutFilters } from './layout.js';
import { sizeFilters } from './sizes.js';
import { dateFilters } from './dates.js';
import { passwordFilters } from './passwords.js';
import { urlFilters } from './urls.js';
import { yamlFilters } from './yaml.js';
import { stringFilters } from './strings.js';

/** The filters of Jinja2 and ansible-core, by short name. */
export const builtInFilters: Readonly<Record<string, Operation>> = {
  ...stringFilters,
  ...logicFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...mappingFilters,
  ...dataFormatFilters,
  ...regexFilters,
  ...encodingFilters,
  ...passwordFilters,
  ...dateFilters,
  ...yamlFilters,
  ...urlFilters,
  ...sizeFilters,
  ...layoutFilters,
  ...pathFilters,
  ...structureFilters,
  ...setFilters,
};
