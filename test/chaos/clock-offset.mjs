// Loaded into every service: SIGUSR2 moves its clock ahead by CHAOS_CLOCK_JUMP_MS, and the next one back.
const RealDate = Date;
const realNow = Date.now.bind(Date);
let offset = 0;

class MovedDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(realNow() + offset);
    else super(...args);
  }

  static now() {
    return realNow() + offset;
  }
}

globalThis.Date = MovedDate;
process.on('SIGUSR2', () => {
  offset = offset === 0 ? Number(process.env.CHAOS_CLOCK_JUMP_MS ?? 90_000) : 0;
});
