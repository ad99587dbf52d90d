// npm run dev: as npm start, but the console compiles as it is edited and the worker restarts on change.
process.argv.push('--dev');
await import('./start.ts');

export {};
