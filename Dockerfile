FROM node:26-slim

WORKDIR /app
COPY package.json package-lock.json ./
# The image has Node 26 itself; the pinned one is a dev dependency and stays out.
RUN npm ci --omit=dev --no-fund --no-audit && npm cache clean --force
COPY src src
COPY workers workers
COPY samples samples

# Where runs are kept, unless a volume takes its place.
RUN mkdir /data && chown node:node /data

ENV NODE_ENV=production ROLLCALL_HOME=/data/rollcall
USER node
# Node is process 1, so that a stop reaches it: npm would not hand the signal on.
ENTRYPOINT ["node", "--max-old-space-size=256", "--max-semi-space-size=8", "--no-allocation-site-pretenuring", "src/cli/main.ts"]
CMD ["--help"]
