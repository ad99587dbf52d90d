'use client';
import {
  Braces,
  CalendarClock,
  FileCode2,
  Globe,
  type LucideIcon,
  MessageSquareText,
  ShieldCheck,
} from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { Blueprint } from './read-blueprints.ts';

const icons: Record<string, LucideIcon> = {
  'hello-world': MessageSquareText,
  'http-api': Globe,
  'webhook-verifier': ShieldCheck,
  'scheduled-job': CalendarClock,
  'json-transform': Braces,
};

/** The functions to start from. */
export function BlueprintGallery({
  blueprints,
  chosen,
  onChoose,
}: {
  blueprints: readonly Blueprint[];
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <section aria-labelledby="blueprints">
      <h2 id="blueprints" className="mb-2 font-medium text-sm">
        Start from
      </h2>
      <RadioGroup.Root
        value={chosen}
        onValueChange={onChoose}
        aria-labelledby="blueprints"
        className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3"
      >
        {blueprints.map(({ id, title, description }) => {
          const Icon = icons[id] ?? FileCode2;
          return (
            <RadioGroup.Item
              key={id}
              value={id}
              aria-label={title}
              aria-describedby={`${id}-description`}
              className="group flex items-start gap-3 rounded border bg-surface p-3 text-left hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
            >
              <Icon
                className="mt-0.5 size-4 shrink-0 text-ink-3 group-data-[state=checked]:text-accent-text"
                aria-hidden
              />
              <span className="min-w-0">
                <span className="block font-medium text-sm">{title}</span>
                <span id={`${id}-description`} className="mt-0.5 block text-ink-2 text-xs">
                  {description}
                </span>
              </span>
            </RadioGroup.Item>
          );
        })}
      </RadioGroup.Root>
    </section>
  );
}
