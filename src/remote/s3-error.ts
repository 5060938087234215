import { S3ServiceException } from '@aws-sdk/client-s3'
import { UsageError } from '../model.ts'
import { TUNNEL_ERROR } from '../proxy/tunnel-error.ts'
import { RemoteError, changedError, codeOf, proxyError } from './remote-error.ts'

/** Whether the store says that there is no such object. A HEAD has no body, and so no code but the status. */
export function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NotFound' || error.name === 'NoSuchKey')
}

/**
 * What the AWS SDK throws, in words: its errors carry requests and replies, which stay here. A fault of ours (a local
 * file that cannot be read) comes back as it is.
 */
export function s3Error(name: string, error: unknown): unknown {
  if (error instanceof UsageError || (error instanceof Error && 'path' in error)) return error
  if (error instanceof S3ServiceException) return refusal(name, error)
  const { name: kind, message } = error instanceof Error ? error : new Error(String(error))
  if (kind === 'CredentialsProviderError' || kind === 'TokenProviderError') {
    return lasting(
      `${name}: there are no credentials (${message}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, ` +
        'or log in as for the AWS command line.',
    )
  }
  if (message === 'Region is missing') {
    return lasting(
      `${name}: it is not said in which region the bucket is. Set AWS_REGION, or AWS_ENDPOINT_URL for another store.`,
    )
  }
  const code = codeOf(error) ?? kind
  if (code === 'ENOTFOUND') {
    return lasting(`${name}: there is no such host. Check AWS_ENDPOINT_URL or AWS_REGION letter by letter.`)
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|^EPROTO$/.test(code)) {
    return lasting(
      `${name}: the store cannot show that it is who it says (${code}). Check AWS_ENDPOINT_URL and its certificate.`,
    )
  }
  if (code === TUNNEL_ERROR) return proxyError(name, error)
  return new RemoteError('passing', `${name}: the store does not answer (${code}). Try again later.`)
}

const PASSING_CODES = new Set([
  'SlowDown',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'InternalError',
  'ServiceUnavailable',
])

function refusal(name: string, { name: code, $metadata, $retryable }: S3ServiceException): RemoteError {
  const status = $metadata.httpStatusCode ?? 0
  const said = `${name}: the store answers ${code}${status === 0 ? '' : ` (${status})`}`
  if (status >= 500 || status === 429 || PASSING_CODES.has(code) || $retryable !== undefined) {
    return new RemoteError('passing', `${said}. Try again later.`)
  }
  // The object was another one a moment ago.
  if (status === 412 || status === 416) {
    return changedError(name)
  }
  return lasting(`${said}. ${remedyOf(code, status)}`)
}

function remedyOf(code: string, status: number): string {
  switch (code) {
    case 'NoSuchBucket':
      return 'Check the name of the bucket, and AWS_ENDPOINT_URL or AWS_REGION.'
    case 'NoSuchKey':
    case 'NotFound':
      return 'Check the address.'
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'ExpiredToken':
    case 'InvalidToken':
      return 'Check the credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile in ~/.aws.'
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
      return 'Check AWS_REGION: the bucket is in another region.'
    default:
      return status === 401 || status === 403
        ? 'Check the credentials, and what they may do in this bucket.'
        : 'Check the address and AWS_ENDPOINT_URL.'
  }
}

function lasting(message: string): RemoteError {
  return new RemoteError('lasting', message)
}
