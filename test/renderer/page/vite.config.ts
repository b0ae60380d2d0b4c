/** @file Serves the page beside this file; development only. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  plugins: [svelte({ configFile: false })],
  server: { port: 5199, strictPort: true, host: '127.0.0.1' },
});
