import { createContext, useContext } from 'react';

/** What a form is for: a field that is set once is an input only while adding. */
export interface FormMode {
  mode: 'create' | 'edit';
  /** The user may look but not change. */
  locked: boolean;
}

const FormModeContext = createContext<FormMode>({ mode: 'create', locked: false });

export const FormModeProvider = FormModeContext.Provider;

/** The mode of the form around a component. */
export function useFormMode(): FormMode {
  return useContext(FormModeContext);
}
