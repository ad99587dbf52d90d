'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { explain } from '../../../../../components/api/api-error.ts';
import { formatBytes } from '../../../../../components/format-bytes.ts';
import { Button } from '../../../../../components/ui/button.tsx';
import { Dialog, DialogContent, DialogFooter } from '../../../../../components/ui/dialog.tsx';
import { Notice } from '../../../../../components/ui/notice.tsx';
import { deploy } from './deploy.ts';

/** A zip that was chosen, read into memory. */
export interface Upload {
  fileName: string;
  zip: Uint8Array<ArrayBuffer>;
}

interface UploadDialogProps {
  functionName: string;
  upload: Upload;
  onClose: () => void;
  onDeployed: () => void;
}

/** Deploys a zip as it is, after asking: it replaces all of the deployed code at once. */
export function UploadDialog({ functionName, upload, onClose, onDeployed }: UploadDialogProps) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: () => deploy(queryClient, { name: functionName, zip: upload.zip, baseSha256: undefined }),
    onSuccess: () => {
      toast.success(`Deployed ${upload.fileName}`);
      onDeployed();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && !mutation.isPending && onClose()}>
      <DialogContent
        title="Deploy this zip?"
        description={`${upload.fileName} (${formatBytes(upload.zip.length)}) is larger than the editor takes, so it is deployed at once. It replaces all code of ${functionName}.`}
      >
        {mutation.isError && (
          <Notice tone="danger" className="mx-5 mt-4">
            {explain(mutation.error)}
          </Notice>
        )}
        <DialogFooter>
          <Button onClick={onClose} disabled={mutation.isPending}>
            Cancel
          </Button>
          <Button variant="primary" busy={mutation.isPending} onClick={() => mutation.mutate()}>
            Deploy zip
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
