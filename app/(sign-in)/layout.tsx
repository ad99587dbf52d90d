import type { ReactNode } from 'react';
import { Logo } from '../../components/logo.tsx';

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[14vh] pb-12">
      <div className="mb-6 flex items-center gap-2.5">
        <Logo className="size-7" />
        <span className="font-semibold text-xl tracking-tight">Hearth</span>
      </div>
      <div className="w-full max-w-90">{children}</div>
    </main>
  );
}
