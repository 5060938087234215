import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Account {
  readonly key: string
  readonly secret: string
}

/**
 * What is wrong with a request's signature: the code that S3 answers, or undefined where it is right. Written from the
 * definition of AWS Signature Version 4 for S3 (header form, body in one piece), and from nothing that signs.
 */
export function checkSignature(request: IncomingMessage, body: Buffer, account: Account): string | undefined {
  const { authorization = '', 'x-amz-date': time, 'x-amz-content-sha256': bodyHash } = request.headers
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  if (match === null || typeof time !== 'string' || typeof bodyHash !== 'string') return 'AccessDenied'
  const [, key = '', day = '', region = '', names = '', signature] = match
  if (key !== account.key) return 'InvalidAccessKeyId'
  if (bodyHash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const signed = names.split(';')
  const mustBeSigned = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'))
  if (!mustBeSigned.every((name) => signed.includes(name))) return 'AccessDenied'

  const url = new URL(request.url ?? '/', 'http://store')
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    [...url.searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .toSorted()
      .join('&'),
    ...signed.map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replaceAll(/ +/g, ' ')}`,
    ),
    '',
    names,
    bodyHash,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${account.secret}`)
  return hmac(signing, toSign).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch'
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Percent-encoding as the signature has it: all but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
