/** The endpoints that the simulator tells apart. `lookup` is the look-up of a customer, `token` the OAuth endpoint. */
export const LANES = ['token', 'register', 'link', 'lookup', 'balance'] as const
export type SimulatorLane = (typeof LANES)[number]
