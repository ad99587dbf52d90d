import type { Prisma } from '../../prisma/generated/client.ts';

/** The condition that ListLayers and ListLayerVersions filter by. A version that names none matches no filter. */
export function compatibleWith(filter: {
  CompatibleRuntime?: string | undefined;
  CompatibleArchitecture?: string | undefined;
}): Prisma.LayerVersionWhereInput {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = filter;
  return {
    ...(runtime && { compatibleRuntimes: { contains: JSON.stringify(runtime) } }),
    ...(architecture && { compatibleArchitectures: { contains: JSON.stringify(architecture) } }),
  };
}
