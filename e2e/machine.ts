const PATIENCE_MS = 5_000;

/** What the machine at an address answers, byte for byte, as `curl` prints it. */
export async function curl(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return response.text();
}

/** Whether nobody answers at an address any more. */
export async function isSilent(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return false;
  } catch {
    return true;
  }
}
