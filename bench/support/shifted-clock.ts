/**
 * Loaded into a process before its own code (`set-clock.ts`): its clock is so many milliseconds beside the machine's as
 * the address of this module says, and so is that of the processes that it starts.
 */
const shiftMs = Number(new URL(import.meta.url).searchParams.get('shift'))
const readClock = Date.now.bind(Date)
const shifted = () => readClock() + shiftMs

Date.now = shifted
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [shifted()] : given, newTarget) as Date,
})
