import { type ReactNode, useState } from 'react';

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** Members shown at once; the rest on demand. */
const portion = 100;

/** A JSON value, unfolded two levels deep. */
export function JsonTree({ value }: { value: Json }) {
  return (
    <div className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
      <Node value={value} depth={0} />
    </div>
  );
}

function Node({ name, value, depth }: { name?: string; value: Json; depth: number }) {
  const label = name !== undefined && (
    <>
      <span className="text-ink-2">{name}</span>
      <span className="text-ink-3">: </span>
    </>
  );
  if (value === null || typeof value !== 'object') {
    return (
      <div className="pl-4">
        {label}
        <Scalar value={value} />
      </div>
    );
  }
  return <Branch label={label} value={value} depth={depth} />;
}

function Branch({
  label,
  value,
  depth,
}: {
  label: ReactNode;
  value: readonly Json[] | { readonly [member: string]: Json };
  depth: number;
}) {
  const [isOpen, setIsOpen] = useState(depth < 2);
  const [shown, setShown] = useState(portion);
  const members = Object.entries(value);
  const [before, after] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) {
    return (
      <div className="pl-4">
        {label}
        <span className="text-ink-3">
          {before}
          {after}
        </span>
      </div>
    );
  }
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)} className="group/node">
      <summary className="flex list-none items-start rounded-sm hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <span
          aria-hidden
          className={`inline-block w-4 shrink-0 text-center text-ink-3 ${isOpen ? 'rotate-90' : ''}`}
        >
          ›
        </span>
        <span>
          {label}
          <span className="text-ink-3">{isOpen ? before : `${before} ${members.length} ${after}`}</span>
        </span>
      </summary>
      {isOpen && (
        <div className="ml-2 border-l pl-2">
          {members.slice(0, shown).map(([name, member]) => (
            <Node key={name} name={name} value={member} depth={depth + 1} />
          ))}
          {members.length > shown && (
            <button
              type="button"
              onClick={() => setShown(shown + portion * 10)}
              className="ml-4 rounded-sm text-accent-text underline underline-offset-2"
            >
              {(members.length - shown).toLocaleString('en')} more
            </button>
          )}
        </div>
      )}
    </details>
  );
}

function Scalar({ value }: { value: null | boolean | number | string }) {
  if (typeof value === 'string') return <span className="text-success">{JSON.stringify(value)}</span>;
  return <span className="text-info">{String(value)}</span>;
}
