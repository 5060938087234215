import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { createAgents } from '../proxy/agents.ts'
import { NO_PROXIES } from '../proxy/proxies.ts'
import { refusePlainHttp } from './address.ts'

const CONNECT_MS = 20_000
/** A connection on which nothing moves for so long is lost. */
const IDLE_MS = 60_000
/** The SDK's own number. */
const MOST_SOCKETS = 50

/**
 * A client whose endpoint, region and credentials come from where the AWS tools find them: environment, `~/.aws` files,
 * the role of the machine or container. A store that is not Amazon's is spoken to with the bucket in the path, as all
 * of them understand, and needs no region.
 */
export async function openS3Client(proxies = NO_PROXIES): Promise<S3Client> {
  const agents = createAgents(proxies, { keepAlive: true, maxSockets: MOST_SOCKETS, tunnelMs: CONNECT_MS })
  const config: S3ClientConfig = {
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      socketTimeout: IDLE_MS,
      httpAgent: agents.http,
      httpsAgent: agents.https,
    },
    followRegionRedirects: true,
    // Checksums beyond what the signature covers are Amazon's: other stores refuse or ignore them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  }
  const client = new S3Client(config)
  const endpoint = await client.config.serviceConfiguredEndpoint?.()
  if (endpoint === undefined) return client
  client.destroy()
  refusePlainHttp(new URL(endpoint), endpoint)
  const region = await client.config.region().catch(() => 'us-east-1')
  return new S3Client({ ...config, endpoint, region, forcePathStyle: true })
}
