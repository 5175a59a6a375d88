import { useListContext } from 'react-admin';

/** The filters of the list on the page, by name, and functions that change them. They are part of the URL. */
export function useListFilters() {
  const list = useListContext();
  const filters = list.filterValues as Record<string, unknown>;
  const { setFilters } = list;

  return {
    filters,
    isFiltered: Object.keys(filters).length > 0,
    /** Sets one filter; undefined or '' takes it away. */
    set: (name: string, value: unknown): void => {
      const kept = Object.entries({ ...filters, [name]: value }).filter(
        ([, entry]) => entry !== undefined && entry !== '',
      );
      setFilters(Object.fromEntries(kept), {}, false);
    },
    clear: (): void => setFilters({}, {}, false),
  };
}
