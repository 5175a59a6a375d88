/** The services of this installation: one name a line, in the order in which their migrations run. */
export const serviceNames = ['example'] as const;
