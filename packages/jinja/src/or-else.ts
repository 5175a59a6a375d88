/** `value`, or what the fallback gives when there is none. Unlike `??` it takes None (null) for a value. */
export function orElse<T>(value: T | undefined, fallback: () => T): T {
  return value === undefined ? fallback() : value;
}
