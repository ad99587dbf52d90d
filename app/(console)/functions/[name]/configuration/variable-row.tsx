'use client';
import { Eye, EyeOff, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../../../../../components/ui/button.tsx';
import { Input } from '../../../../../components/ui/input.tsx';
import type { Variable } from './environment-variables.ts';

interface VariableRowProps {
  variable: Variable;
  /** Not saved yet; its value is shown. */
  isNew: boolean;
  problem: string | undefined;
  onChange: (variable: Variable) => void;
  onRemove: () => void;
}

/** One environment variable. */
export function VariableRow({ variable, isNew, problem, onChange, onRemove }: VariableRowProps) {
  const [isRevealed, setIsRevealed] = useState(isNew);
  const problemId = useId();
  const called = variable.name || 'new variable';
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto_auto]">
        <Input
          aria-label="Name"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? problemId : undefined}
          autoFocus={isNew && variable.name === ''}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="NAME"
          className="col-span-3 font-mono sm:col-span-1"
          value={variable.name}
          onChange={(event) => onChange({ ...variable, name: event.target.value })}
        />
        <Input
          aria-label={`Value of ${called}`}
          // Not type=password: browsers would offer to keep it.
          className={isRevealed ? 'font-mono' : 'font-mono [-webkit-text-security:disc]'}
          autoComplete="off"
          spellCheck={false}
          placeholder="Value"
          value={variable.value}
          onChange={(event) => onChange({ ...variable, value: event.target.value })}
        />
        <Button
          variant="ghost"
          size="icon"
          aria-label={isRevealed ? `Hide ${called}` : `Reveal ${called}`}
          aria-pressed={isRevealed}
          onClick={() => setIsRevealed(!isRevealed)}
        >
          {isRevealed ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
        <Button variant="ghost" size="icon" aria-label={`Remove ${called}`} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      </div>
      {problem && (
        <p id={problemId} role="alert" className="mt-1 text-danger text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
