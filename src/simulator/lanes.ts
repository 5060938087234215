/**
 * The endpoints that the simulator tells apart. `token` is the OAuth endpoint, `lookup` the look-up of a customer, and
 * `look-up-v1` that of V1, `register-v1` V1's registration, `tier` and `unlink` are calls of the partner program.
 */
export const LANES = [
  'token',
  'register',
  'link',
  'lookup',
  'balance',
  'register-v1',
  'look-up-v1',
  'update',
  'tier',
  'unlink',
] as const
export type SimulatorLane = (typeof LANES)[number]
