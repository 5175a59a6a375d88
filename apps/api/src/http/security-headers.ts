import type { RequestHandler } from 'express';

/**
 * Headers that keep a page of ours from running or framing anything foreign. Styles are allowed inline because the UI's
 * style engine (emotion) writes `<style>` elements; scripts are not. `connect-src` names the WebSocket because older
 * browsers do not take `'self'` to include it.
 */
export const securityHeaders: RequestHandler = (request, response, next) => {
  const host = request.headers.host ?? 'localhost';
  response.set({
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      `connect-src 'self' ws://${host} wss://${host}`,
      "manifest-src 'self'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  next();
};
