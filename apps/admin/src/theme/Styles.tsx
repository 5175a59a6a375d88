import { GlobalStyles, type Theme } from '@mui/material';

import { codeStyles } from './code-styles.js';
import { formStyles } from './form-styles.js';
import { frameStyles, pageStyles } from './frame-styles.js';
import { tableStyles } from './table-styles.js';

/**
 * The styles of the classes named `tenon-…`, which the screens of core and of services share. They stand below `html`, which
 * makes them weigh more than Material UI's own.
 */
export function Styles() {
  return (
    <GlobalStyles
      styles={(theme: Theme) => ({
        ...pageStyles(theme),
        html: { ...frameStyles(theme), ...codeStyles(theme), ...formStyles(theme), ...tableStyles(theme) },
      })}
    />
  );
}
