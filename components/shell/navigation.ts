import { type LucideIcon, Settings, SquareFunction } from 'lucide-react';

/** The places of the left rail, in its order. Nothing is listed before it works. */
export const places: readonly { href: string; label: string; icon: LucideIcon }[] = [
  { href: '/functions', label: 'Functions', icon: SquareFunction },
  { href: '/settings', label: 'Settings', icon: Settings },
];
