/**
 * Stands as offline.js where a site is not kept: it takes the place of a worker
 * that an earlier release, or another site at this address, has left, and removes
 * it and what it kept.
 */
self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await caches.delete("playbook:" + new URL(self.registration.scope).pathname);
  await self.registration.unregister();
  // What is shown may be a copy.
  for (const client of await self.clients.matchAll({ type: "window" })) client.navigate(client.url).catch(() => {});
})()));
