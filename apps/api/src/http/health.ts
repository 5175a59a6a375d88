import { Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** What the probes ask. */
export interface Health {
  /** Why the server cannot do its work now, or null when it can. */
  problem(): Promise<string | null>;
}

/**
 * `/healthz` (the process lives), `/readyz` (it can do its work) and `/metrics` (Prometheus). They answer under every
 * host name, because probes use addresses, and tell nothing of what the installation holds.
 */
export function healthRoutes(health: Health): Router {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const router = Router();
  router.get('/healthz', (_request, response) => void response.type('text/plain').send('ok\n'));
  router.get('/readyz', async (_request, response) => {
    const problem = await health.problem();
    response
      .status(problem === null ? 200 : 503)
      .type('text/plain')
      .send(`${problem ?? 'ok'}\n`);
  });
  router.get('/metrics', async (_request, response) => {
    response.type(register.contentType).send(await register.metrics());
  });
  return router;
}
