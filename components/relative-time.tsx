'use client';
import { useEffect, useState } from 'react';

const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

function inWords(seconds: number): string {
  const step = steps.find(([, length]) => Math.abs(seconds) >= length);
  return step ? words.format(Math.trunc(seconds / step[1]), step[0]) : 'just now';
}

/** A moment as AWS writes it, shown relative to now; the exact time, local and UTC, on hover. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  // Lambda writes the zone as +0000, which browsers need not understand.
  const time = new Date(iso.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (Number.isNaN(time.getTime())) return <span className={className}>{iso}</span>;
  return (
    <time
      dateTime={time.toISOString()}
      title={`${time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })} (${time.toISOString()})`}
      className={className}
      suppressHydrationWarning
    >
      {inWords((time.getTime() - Math.max(now, time.getTime())) / 1000)}
    </time>
  );
}
