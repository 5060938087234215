import ssh2 from 'ssh2'

/** A host's key. One of some 250 that ssh2 makes it cannot read itself (findings/ssh2-own-keys.sh). */
export function makeHostKey(): { readonly hostKey: string; readonly key: ssh2.ParsedKey } {
  for (;;) {
    const { private: hostKey } = ssh2.utils.generateKeyPairSync('ed25519')
    const [key] = [ssh2.utils.parseKey(hostKey)].flat()
    if (key !== undefined && !(key instanceof Error)) return { hostKey, key }
  }
}
