import type { InputItem } from './model-screens.js';
import { StatusText } from './StatusText.js';

/** The row "Backend status text" as the first item of a form. */
export const statusInput: InputItem = { name: 'backendStatus', Input: StatusText };
