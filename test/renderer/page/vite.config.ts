/** @file Serves the page beside this file; development only. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  plugins: [svelte({ configFile: false })],
  server: { port: 5199, strictPort: true, host: '127.0.0.1' },
});
