/** Gathers what is given within `ms` of the first and hands it on once, without repetitions. */
export function createBatch<Item>(ms: number, flush: (items: ReadonlySet<Item>) => void) {
  let items = new Set<Item>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  return {
    add(more: Iterable<Item>): void {
      for (const item of more) items.add(item);
      timer ??= setTimeout(() => {
        const gathered = items;
        items = new Set();
        timer = null;
        flush(gathered);
      }, ms);
    },
    cancel(): void {
      if (timer) clearTimeout(timer);
      timer = null;
      items = new Set();
    },
  };
}
