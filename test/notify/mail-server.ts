import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { freePort } from '../support/free-port.ts'

export interface Mail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came. */
  readonly raw: string
  readonly subject: string
  readonly text: string
}

export interface MailServer {
  /** The port on loopback. */
  readonly port: number
  readonly mails: readonly Mail[]
  /** `user password`, for each login. */
  readonly logins: readonly string[]
}

/** A mail server on loopback that takes whatever comes, after it has refused so many for now. */
export async function startMailServer(refusals = 0, later = onTestFinished): Promise<MailServer> {
  const mails: Mail[] = []
  const logins: string[] = []
  let refused = 0
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      logins.push(`${auth.username} ${auth.password}`)
      done(null, { user: auth.username })
    },
    onData(stream, { envelope }, done) {
      let raw = ''
      stream.setEncoding('utf8').on('data', (piece: string) => (raw += piece))
      stream.on('end', () => {
        if (refused++ < refusals) return done(Object.assign(new Error('try later'), { responseCode: 451 }))
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, ...readMail(raw) })
        return done()
      })
    },
  })
  const port = await freePort()
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  later(() => server.close(() => {}))
  return { port, mails, logins }
}

/** A mail of one part, as a program that shows mail reads it. */
function readMail(raw: string): Pick<Mail, 'subject' | 'text'> {
  const at = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, at).replaceAll(/\r\n[ \t]+/g, ' ')
  const body = raw.slice(at + 4)
  const subject = (/^Subject: (.*)$/m.exec(head)?.[1] ?? '').replaceAll(/\?=\s+=\?/g, '?==?')
  const words = subject.replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, word: string) => unquote(word.replaceAll('_', ' ')))
  const isQuoted = /^Content-Transfer-Encoding: quoted-printable$/im.test(head)
  return { subject: words, text: (isQuoted ? unquote(body) : body).replaceAll('\r\n', '\n').trimEnd() }
}

/** RFC 2045, 6.7. */
function unquote(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
