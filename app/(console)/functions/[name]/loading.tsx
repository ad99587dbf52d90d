import { FunctionSkeleton } from './function-skeleton.tsx';

export default function FunctionLoading() {
  return <FunctionSkeleton />;
}
