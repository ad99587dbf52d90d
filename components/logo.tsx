/** A hearth with a lambda burning in it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      aria-hidden
    >
      <path className="stroke-ink-2" d="M2.5 21.5h19M4.5 21.5V11a7.5 7.5 0 0 1 15 0v10.5" />
      <path className="stroke-accent" d="M9.8 8.8h.7c.5 0 .9.3 1.1.8l3.6 8.4M12.3 11.8 8.8 18" />
    </svg>
  );
}
