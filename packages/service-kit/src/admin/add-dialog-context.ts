import { createContext, type ReactNode } from 'react';

import type { ModelScreens } from './model-screens.js';
import type { TenonRecord } from './records.js';

export interface AddDialogProps {
  resource: ModelScreens;
  onAdded: (record: TenonRecord) => void;
  onClose: () => void;
}

/**
 * The dialog that "+" opens. It comes through a context because it holds inputs, which hold "+" in their turn: importing
 * it there would be a circle.
 */
export const AddDialogContext = createContext<((props: AddDialogProps) => ReactNode) | null>(null);
