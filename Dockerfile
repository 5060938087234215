# The package is built as for a release, and the image is what one gets by installing it.
FROM node:26-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# What is built is built by `npm pack`, when all of it is there.
RUN npm ci --no-fund --no-audit --ignore-scripts
COPY . .
RUN npm pack --silent --pack-destination /

FROM node:26-slim
COPY --from=build /rollcall-*.tgz /tmp/
# The Node that the package brings for older machines stays out: the image has its own.
RUN npm install --global --omit=optional --no-fund --no-audit /tmp/rollcall-*.tgz && rm /tmp/rollcall-*.tgz && npm cache clean --force

# Where runs are kept, unless a volume takes its place.
RUN mkdir /data && chown node:node /data

ENV NODE_ENV=production ROLLCALL_HOME=/data/rollcall
USER node
# Goes on as the same process on the settings that it needs, so that a stop reaches it: npm would not hand the signal on.
ENTRYPOINT ["rollcall"]
CMD ["--help"]
