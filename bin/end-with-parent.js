// Loaded where rollcall runs beside the process that started it: a kill of that one, which cannot be passed on, ends both.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()
