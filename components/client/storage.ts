/**
 * Does something with a storage of the browser, which may be full or switched off: what is kept there
 * is a courtesy, so that is no error but null.
 */
export function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
