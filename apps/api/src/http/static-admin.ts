import { join } from 'node:path';

import express from 'express';

/**
 * Serves the built admin pages. Files under assets/ carry a hash in their name and never change; every other path is the
 * one page of the application, which looks at the path itself.
 */
export function staticAdmin(adminDir: string): express.Router {
  const router = express.Router();
  router.use('/assets', express.static(join(adminDir, 'assets'), { immutable: true, maxAge: '1y' }), missing);
  router.use(express.static(adminDir, { index: false, maxAge: 0 }));
  router.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile(join(adminDir, 'index.html'), (error?: Error) => {
      if (!error || response.headersSent) return;
      response
        .status(503)
        .type('text/plain')
        .send('cannot show the pages: they are not built; run: npm run build\n');
    });
  });
  return router;
}

/** A missing script must not be answered with a page: the browser would call that a syntax error. */
const missing: express.RequestHandler = (_request, response) => {
  response.status(404).type('text/plain').send('cannot find this file; reload the page\n');
};
