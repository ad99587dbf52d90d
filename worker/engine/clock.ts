import { type Clock, systemClock } from '../../core/clock.ts';

/** Time of day, and a steady one for durations. */
export interface EngineClock extends Clock {
  /** Milliseconds, with fractions, since some fixed moment; never goes back. */
  monotonic(): number;
}

export const systemEngineClock: EngineClock = { ...systemClock, monotonic: () => performance.now() };
