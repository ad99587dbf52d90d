// The worker's process. As root it first moves into a mount namespace of its own, which starts the program anew;
// everything else is loaded after that.
import { enterMountNamespace } from './engine/sandbox/mount-namespace.ts';

enterMountNamespace();
const { runWorker } = await import('./worker.ts');
await runWorker();
