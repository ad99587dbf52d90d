'use client';
import { Button } from '../../../../../components/ui/button.tsx';
import { Dialog, DialogContent, DialogFooter } from '../../../../../components/ui/dialog.tsx';

interface ConflictDialogProps {
  onClose: () => void;
  onReload: () => void;
  onOverwrite: () => void;
}

/** Somebody else deployed first: whose code shall it be? */
export function ConflictDialog({ onClose, onReload, onOverwrite }: ConflictDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Somebody else deployed"
        description="The deployed code is no longer what you started from. Overwriting replaces theirs by yours; loading theirs discards your changes. To keep both, cancel and download yours as a zip first."
      >
        <DialogFooter>
          <Button onClick={onClose} variant="ghost">
            Cancel
          </Button>
          <Button onClick={onReload}>Load theirs</Button>
          <Button onClick={onOverwrite} variant="danger">
            Overwrite with mine
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
