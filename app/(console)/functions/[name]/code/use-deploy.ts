import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { ApiError, explain } from '../../../../../components/api/api-error.ts';
import { functionsQuery } from '../../../../../components/api/list-functions.ts';
import type { PackageFiles } from '../../../../../components/package/package-file.ts';
import { writePackage } from '../../../../../components/package/write-package.ts';
import { DeployConflict, deploy } from './deploy.ts';

interface DeployInput {
  files: PackageFiles;
  /** Undefined overwrites whatever is deployed. */
  baseSha256: string | undefined;
}

/** Deploys files of the editor; `onDeployed` gets what was sent and the hash that it now goes by. */
export function useDeploy(name: string, onDeployed: (files: PackageFiles, sha256: string) => void) {
  const queryClient = useQueryClient();
  const [hasConflict, setHasConflict] = useState(false);
  const mutation = useMutation({
    mutationFn: ({ files, baseSha256 }: DeployInput) =>
      deploy(queryClient, { name, zip: writePackage(files), baseSha256 }),
    onSuccess: (configuration, { files }) => {
      onDeployed(files, configuration.CodeSha256 ?? '');
      void queryClient.invalidateQueries({ queryKey: functionsQuery().queryKey });
    },
    onError: (error) => {
      if (error instanceof DeployConflict) setHasConflict(true);
      // These two have the whole page's attention already.
      else if (!(error instanceof ApiError && (error.isSessionExpired || error.workerIsDown))) {
        toast.error('Not deployed', { description: explain(error), duration: 10_000 });
      }
    },
  });
  return {
    deploy: mutation.mutate,
    isDeploying: mutation.isPending,
    hasConflict,
    dismissConflict: () => setHasConflict(false),
  };
}
