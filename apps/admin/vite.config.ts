import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

/** Libraries by how often they change: a new version of Tenon leaves them in the browser's cache. */
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|react-router|react-router-dom|scheduler)\// },
  { name: 'mui', test: /node_modules\/(@mui|@emotion|stylis)\// },
  { name: 'admin', test: /node_modules\/(react-admin|ra-|react-hook-form|@tanstack|lodash|graphql-ws)/ },
];

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  resolve: {
    // Sources instead of builds: the browser half of a service needs no build of its server half.
    alias: [{ find: /^@tenon\/([^/]+)\/(.+)$/, replacement: `${packages}/$1/src/$2` }],
  },
  build: {
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/graphql': { target: 'http://localhost:9999', ws: true } } },
});
