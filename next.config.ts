import type { NextConfig } from 'next';

const config: NextConfig = {
  typescript: {
    // `npm run check` runs the type checker over the whole project; building must not need it.
    ignoreBuildErrors: true,
    // Next.js writes what it wants into this one, and leaves the project's alone.
    tsconfigPath: 'console/tsconfig.json',
  },
  // `next dev` must write nothing into the checkout.
  agentRules: false,
  devIndicators: false,
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
};

export default config;
