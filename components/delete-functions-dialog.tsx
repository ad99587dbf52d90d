'use client';
import { useState } from 'react';
import { toast } from 'sonner';
import { explain } from './api/api-error.ts';
import { useDeleteFunctions } from './api/delete-function.ts';
import { Button } from './ui/button.tsx';
import { Dialog, DialogClose, DialogContent, DialogFooter } from './ui/dialog.tsx';
import { Field } from './ui/field.tsx';
import { Input } from './ui/input.tsx';
import { Notice } from './ui/notice.tsx';
import { ScrollRegion } from './ui/scroll-region.tsx';

interface DeleteFunctionsDialogProps {
  names: readonly string[];
  onClose: () => void;
  onDeleted: () => void;
}

/** Says what deleting loses, and wants it typed: the name of one function, the number of several. */
export function DeleteFunctionsDialog({ names, onClose, onDeleted }: DeleteFunctionsDialogProps) {
  const [typed, setTyped] = useState('');
  const mutation = useDeleteFunctions();
  const [first = ''] = names;
  const isOne = names.length === 1;
  const wanted = isOne ? first : `delete ${names.length} functions`;
  const title = isOne ? 'Delete this function?' : `Delete ${names.length} functions?`;
  return (
    <Dialog open onOpenChange={(open) => !open && !mutation.isPending && onClose()}>
      <DialogContent
        title={title}
        description={`Code and configuration of ${isOne ? 'the function' : 'these functions'} are lost, and calls to ${isOne ? 'it' : 'them'} fail from now on. There is no undo.`}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed !== wanted) return;
            mutation.mutate(names, {
              onSuccess: () => {
                toast.success(isOne ? `Deleted ${first}` : `Deleted ${names.length} functions`);
                onDeleted();
              },
            });
          }}
        >
          <div className="flex flex-col gap-4 px-5 pt-4">
            {!isOne && (
              <ScrollRegion
                label="Functions to delete"
                className="max-h-36 rounded border bg-inset px-3 py-2"
              >
                <ul className="font-mono text-xs leading-5">
                  {names.map((name) => (
                    <li key={name}>{name}</li>
                  ))}
                </ul>
              </ScrollRegion>
            )}
            {mutation.isError && <Notice tone="danger">{explain(mutation.error)}</Notice>}
            <Field
              label={
                <>
                  Type{' '}
                  <code className="rounded-sm bg-inset px-1 py-0.5 font-medium text-xs [overflow-wrap:anywhere]">
                    {wanted}
                  </code>{' '}
                  to confirm
                </>
              }
            >
              {(control) => (
                <Input
                  {...control}
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                  className="font-mono"
                />
              )}
            </Field>
          </div>
          <DialogFooter>
            <DialogClose asChild>
              <Button disabled={mutation.isPending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="danger" disabled={typed !== wanted} busy={mutation.isPending}>
              Delete
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
