// Build of the web application: one entry, language catalogues and heavy rooms in their own chunks.
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { demonstrationServer } from './dev/server.ts';
import { words } from './scripts/words.ts';

const backend = process.env.YUNZHI_BACKEND;

export default defineConfig({
  plugins: [react(), words(), ...(backend ? [] : [demonstrationServer()])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: backend ? { proxy: proxies(backend) } : {},
  preview: backend ? { proxy: proxies(backend) } : {},
  build: {
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
  test: { environment: 'happy-dom', include: ['src/**/*_test.{ts,tsx}', 'scripts/**/*_test.ts'] },
});

function proxies(target: string) {
  const paths = ['/api', '/prometheus', '/health', '/metrics', '/openapi.json'];
  return Object.fromEntries(paths.map((path) => [path, { target, changeOrigin: false }]));
}
