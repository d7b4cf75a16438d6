import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` forwards everything that is not the UI to the program started by `fashioncore up --port 8000`.
const SERVER = "http://127.0.0.1:8000";

export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss()],
  json: { namedExports: false },
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no inline script, and nothing of one chunk and its languages needs preloading.
    modulePreload: false,
    assetsInlineLimit: 0,
    license: { fileName: "third-party-licenses.md" },
  },
  server: { proxy: { "/api": SERVER, "/media": SERVER } },
});
