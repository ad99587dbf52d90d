'use client';
import { useState } from 'react';
import { type PackageFiles, pathProblem } from '../../../../../components/package/package-file.ts';
import { Button } from '../../../../../components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '../../../../../components/ui/dialog.tsx';
import { Field } from '../../../../../components/ui/field.tsx';
import { Input } from '../../../../../components/ui/input.tsx';

interface PathDialogProps {
  title: string;
  /** What the field begins with. */
  path: string;
  action: string;
  files: PackageFiles;
  onDone: (path: string) => void;
  onClose: () => void;
}

/** Asks for the path of a file: a new one's, or another one for one that is there. */
export function PathDialog({ title, path: first, action, files, onDone, onClose }: PathDialogProps) {
  const [path, setPath] = useState(first);
  const [wasSent, setWasSent] = useState(false);
  const problem = path === first && first !== '' ? undefined : pathProblem(path, files);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setWasSent(true);
            if (problem) return;
            if (path !== first) onDone(path);
            onClose();
          }}
        >
          <div className="px-5 pt-4">
            <Field
              label="Path"
              hint="Slashes make folders."
              error={wasSent || path !== first ? problem : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  placeholder="lib/orders.mjs"
                  className="font-mono"
                  value={path}
                  onChange={(event) => setPath(event.target.value)}
                  // What one mostly changes is the name, not the folder or the ending.
                  onFocus={({ target }) =>
                    target.setSelectionRange(
                      target.value.lastIndexOf('/') + 1,
                      Math.max(target.value.lastIndexOf('.'), 0) || target.value.length,
                    )
                  }
                />
              )}
            </Field>
          </div>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary">
              {action}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
