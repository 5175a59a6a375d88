/** What the tests take from the environment. */
export interface TestConfig {
  /** An engine that runs already, shared by the suites of one test run so that the image is built once. */
  engineSocket: string | undefined;
  /** Where the root file system of the image is kept between test runs. */
  imageCacheDir: string;
}

/** Reads TENON_TEST_ENGINE_SOCKET and TENON_TEST_IMAGE_CACHE (@default /var/tmp/tenon-test-image-cache). */
export function readTestConfig(): TestConfig {
  return {
    engineSocket: process.env['TENON_TEST_ENGINE_SOCKET'] ?? undefined,
    imageCacheDir: process.env['TENON_TEST_IMAGE_CACHE'] ?? '/var/tmp/tenon-test-image-cache',
  };
}
