import type { ReactNode } from 'react';

/** The one thing on a sign-in page. */
export function Panel({
  title,
  description,
  children,
}: {
  title: string;
  description: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="rounded border bg-surface p-6">
      <h1 className="font-semibold text-lg">{title}</h1>
      <p className="mt-1 mb-5 text-ink-2 text-sm">{description}</p>
      {children}
    </section>
  );
}
