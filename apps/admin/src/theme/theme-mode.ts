import { useSyncExternalStore } from 'react';

/** How the UI looks: as the system says until a person chooses. */
export type ThemeMode = 'light' | 'dark';

/** Not in react-admin's store, which is emptied at every log out. */
const KEY = 'tenon.theme';
const listeners = new Set<() => void>();
const systemIsDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const system = systemIsDark();
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

function currentMode(): ThemeMode {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemIsDark().matches ? 'dark' : 'light';
}

/** The mode now, and a function that chooses another for this browser. */
export function useThemeMode(): [ThemeMode, (mode: ThemeMode) => void] {
  const mode = useSyncExternalStore(subscribe, currentMode);
  const choose = (next: ThemeMode): void => {
    localStorage.setItem(KEY, next);
    for (const listener of listeners) listener();
  };
  return [mode, choose];
}
