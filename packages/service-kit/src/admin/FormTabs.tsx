import { useEffect, useEffectEvent } from 'react';
import { Box, Tab, Tabs } from '@mui/material';
import { inputName } from '@tenon/fields/field-value';
import { useFormContext, useFormState } from 'react-hook-form';
import { useLocation, useNavigate } from 'react-admin';

import { FieldInputs } from './FieldInputs.js';
import type { FormTab, ModelScreens } from './model-screens.js';

interface FormTabsProps {
  screens: ModelScreens;
  tabs: readonly FormTab[];
  /** URL of the form, which is that of its first tab. */
  base: string;
}

/**
 * The tabs of a form. The tab is part of the URL, so it survives a reload and can be sent to a colleague. All panels stay
 * in the page: they are one form, and an error in a hidden one opens it.
 */
export function FormTabs({ screens, tabs, base }: FormTabsProps) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const chosen = Math.max(
    0,
    tabs.findIndex((tab) => tab.path !== '' && pathname === `${base}/${tab.path}`),
  );
  const faulty = useFaultyTabs(screens, tabs);
  const open = (index: number): void => {
    const path = tabs[index]?.path ?? '';
    navigate(path === '' ? base : `${base}/${path}`);
  };
  useOpenFaultyTab({ chosen, faulty, open });

  return (
    <>
      <Tabs
        value={chosen}
        onChange={(_, index: number) => open(index)}
        variant="scrollable"
        scrollButtons={false}
        className="tenon-tabs"
        aria-label={`Parts of this ${screens.label}`}
      >
        {tabs.map((tab, index) => (
          <Tab
            key={tab.label}
            label={tab.label}
            id={`tab-${index}`}
            aria-controls={`panel-${index}`}
            className={faulty.has(index) ? 'tenon-faulty' : ''}
          />
        ))}
      </Tabs>
      {tabs.map((tab, index) => (
        <Box
          key={tab.label}
          role="tabpanel"
          id={`panel-${index}`}
          aria-labelledby={`tab-${index}`}
          hidden={index !== chosen}
          className="tenon-panel"
        >
          {tab.inputs && <FieldInputs fields={screens.fields} items={tab.inputs} />}
          {tab.Content && <tab.Content />}
        </Box>
      ))}
    </>
  );
}

/** The tabs that hold an input with an error. */
function useFaultyTabs(screens: ModelScreens, tabs: readonly FormTab[]): Set<number> {
  const { errors } = useFormState();
  const wrong = new Set(Object.keys(errors));
  return new Set(
    tabs.flatMap((tab, index) => {
      const names = (tab.inputs ?? []).map((item) => {
        const name = typeof item === 'string' ? item : item.name;
        const field = screens.fields[name];
        return field ? inputName(name, field) : name;
      });
      return names.some((name) => wrong.has(name)) ? [index] : [];
    }),
  );
}

/** After a refused save: opens the first tab with an error unless one is open, and goes to the first wrong input. */
function useOpenFaultyTab({
  chosen,
  faulty,
  open,
}: {
  chosen: number;
  faulty: Set<number>;
  open: (index: number) => void;
}) {
  const { submitCount, isSubmitting } = useFormState();
  const { control } = useFormContext();
  const showErrors = useEffectEvent(() => {
    const first = [...faulty][0];
    if (first === undefined) return;
    if (!faulty.has(chosen)) open(first);
    // The panel is shown in the render that follows; only then can its input take the focus.
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[role=tabpanel]:not([hidden]) [aria-invalid=true]')?.focus();
    });
  });

  useEffect(() => {
    if (submitCount > 0 && !isSubmitting) showErrors();
  }, [submitCount, isSubmitting, control]);
}
