import * as fc from 'fast-check'

/**
 * Tests of laws draw the same cases on every machine and at every time, so that a change is refused for what it does and not
 * for what nobody had met before it. `npm run bench -- laws` looks on, with other seeds.
 */
fc.configureGlobal({ seed: Number(process.env['ROLLCALL_LAWS_SEED'] ?? 1) })
