import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { DriverError } from '../../driver-error.js';
import { archiveOf } from '../archive.js';
import { engineClient } from '../engine-client.js';
import type { Engine } from '../engine.js';
import { asking, askingFor, engineMessage } from '../engine-errors.js';
import { followReport } from './follow.js';
import { baseTag, bootstrapTar } from './mmdebstrap.js';
import { pullImage } from './pull.js';
import type { Recipe } from './recipe.js';
import type { ProxySettings } from './host-settings.js';

const MINUTE = 60_000;
const PULLED_BASE = 'debian:bookworm-slim';
const WHAT = 'build the instance image';

interface Build {
  engine: Engine;
  recipe: Recipe;
  /** Tag for the result. */
  tag: string;
  cacheDir: string;
  proxy: ProxySettings;
  onProgress: (line: string) => void;
}

/**
 * Builds the instance image and gives it its tag: from a Debian that the engine has or can pull, else from one that
 * mmdebstrap makes. Nothing of it is shared with a build at the same time but the tag, and that names the same content.
 */
export async function buildImage(build: Build): Promise<void> {
  const client = engineClient(build.engine.address, 15 * MINUTE); // apt prints nothing for a while
  const base = await baseImage(client, build);
  const context = await archiveOf(build.recipe.files);
  build.onProgress(`Building the instance image from ${base}`);
  const { http, https, no } = build.proxy;
  const stream = await asking(WHAT, () =>
    client.buildImage(Readable.from([context]), {
      t: build.tag,
      // Predefined arguments: they are in no layer and in no history of the image.
      buildargs: {
        BASE: base,
        ...(http && { http_proxy: http }),
        ...(https && { https_proxy: https }),
        ...(no && { no_proxy: no }),
      },
      // The host's network: a proxy on its loopback works, and an engine without a default bridge too.
      networkmode: 'host',
      rm: true,
      forcerm: true,
    }),
  );
  await finished(client, stream, build.onProgress);
}

async function baseImage(client: Docker, build: Build): Promise<string> {
  const { recipe, onProgress } = build;
  const present = async (name: string): Promise<boolean> =>
    (await askingFor(WHAT, null, () => client.getImage(name).inspect())) !== null;
  if (await present(PULLED_BASE)) return PULLED_BASE;
  const { mirrors, buildOptions } = recipe.host;
  const podman = (await build.engine.traits()).kind === 'podman';
  const made = `${podman ? 'localhost/' : ''}${baseTag(mirrors)}`;
  if (await present(made)) return made;
  const problem = await pullImage(
    client,
    podman ? `docker.io/library/${PULLED_BASE}` : PULLED_BASE,
    onProgress,
  );
  if (problem === null) return PULLED_BASE;

  const instead = `${PULLED_BASE} cannot be pulled (${problem})`;
  const tar = await bootstrapTar({ cacheDir: build.cacheDir, mirrors, buildOptions, onProgress, instead });
  onProgress('Importing the Debian root file system into the engine');
  // The tag as part of the name: Podman takes no notice of a `tag` beside it.
  const stream = await asking(WHAT, () => client.importImage(createReadStream(tar), { repo: made }));
  await finished(client, stream, onProgress);
  return made;
}

/** Follows a report of the engine to its end; throws `no-image` with the engine's last lines when it failed. */
async function finished(
  client: Docker,
  report: NodeJS.ReadableStream,
  onProgress: (line: string) => void,
): Promise<void> {
  const tail: string[] = [];
  try {
    await followReport(client, report, (line) => {
      if (line === '') return;
      tail.push(line);
      if (/^step /i.test(line)) onProgress(line);
    });
  } catch (error) {
    const said = `${engineMessage(error)} (${tail.slice(-6).join(' ')})`;
    const text = `cannot ${WHAT}: ${said}; see that a Debian mirror can be reached`;
    throw new DriverError('no-image', text, { retryable: true, cause: error });
  }
}
