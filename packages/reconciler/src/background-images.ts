import type { Compute } from './compute-port.js';
import type { Images } from './ports.js';

/** After a failed build the next one begins no earlier than this, in ms: a host without network would build all day. */
const RETRY_MS = 15_000;

interface Build {
  progress: string;
  failedAt: number | null;
}

/**
 * Builds images in the background: a build takes minutes, and nobody holds a lease for that long. While it lasts, whoever
 * needs the image gets a sentence with its progress. `now` gives milliseconds.
 */
export function backgroundImages(compute: Compute, now: () => number): Images {
  const builds = new Map<string, Build>();

  const start = (image: string) => {
    const build: Build = { progress: 'starting', failedAt: null };
    builds.set(image, build);
    compute
      .ensureImage(image, (line) => (build.progress = line))
      .then(
        () => builds.delete(image),
        (error: unknown) => {
          build.progress = error instanceof Error ? error.message : String(error);
          build.failedAt = now();
        },
      );
  };

  return {
    missing: async (image) => {
      if ((await compute.imageReadiness(image)).ready) {
        builds.delete(image);
        return null;
      }
      const build = builds.get(image);
      if (build === undefined || (build.failedAt !== null && now() - build.failedAt > RETRY_MS)) start(image);
      const { progress, failedAt } = builds.get(image) ?? { progress: 'done', failedAt: null };
      return failedAt === null
        ? `instance image is being built: ${progress}`
        : `the instance image could not be built and will be tried again: ${progress}`;
    },
  };
}
