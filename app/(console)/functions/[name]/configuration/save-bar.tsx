import { Button } from '../../../../../components/ui/button.tsx';

interface SaveBarProps {
  isChanged: boolean;
  isSaving: boolean;
  onReset: () => void;
}

/** The foot of a card with settings. */
export function SaveBar({ isChanged, isSaving, onReset }: SaveBarProps) {
  return (
    <div className="flex justify-end gap-2 border-t px-4 py-3">
      {isChanged && (
        <Button variant="ghost" onClick={onReset} disabled={isSaving}>
          Reset
        </Button>
      )}
      <Button type="submit" variant="primary" disabled={!isChanged} busy={isSaving}>
        Save
      </Button>
    </div>
  );
}
