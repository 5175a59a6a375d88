import type { RequestHandler } from 'express';

import type { AllowedHosts } from './allowed-hosts.js';
import { isLoopbackAddress, portSuffix } from './allowed-hosts.js';

/**
 * Sends 127.0.0.1 to `localhost` and refuses every other name that is not ours. One name for the UI matters because
 * cookies ignore ports: a tenant's page on 127.0.0.1 must never be on the UI's host.
 */
export function checkHost(hosts: AllowedHosts): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host;
    if (hosts.isHostAllowed(host)) {
      next();
      return;
    }
    if (host !== undefined && isLoopbackAddress(host)) {
      response.redirect(307, `http://localhost${portSuffix(host)}${request.originalUrl}`);
      return;
    }
    response
      .status(421)
      .type('text/plain')
      .send(
        'cannot serve this host name: it is not one of this installation; use localhost, or add it to TENON_ORIGINS\n',
      );
  };
}

/** Refuses requests that a page of another origin makes with a person's cookie, and bodies that are not JSON. */
export function checkApiRequest(hosts: AllowedHosts): RequestHandler {
  return (request, response, next) => {
    if (!hosts.isOriginAllowed(request.headers.origin, request.headers.host)) {
      response.status(403).json({ errors: [{ message: 'cannot answer a page of another origin' }] });
      return;
    }
    if (request.method !== 'POST') {
      response
        .status(405)
        .set('Allow', 'POST')
        .json({ errors: [{ message: 'cannot answer: use POST' }] });
      return;
    }
    if (!request.is('application/json')) {
      response.status(415).json({ errors: [{ message: 'cannot read the request: send application/json' }] });
      return;
    }
    next();
  };
}
