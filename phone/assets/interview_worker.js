/* Keeps the page of an interview, so that it opens again without a network. It keeps no other page, and no note: those
   stand where the page itself put them. The page says what it is made of, and when nothing of it is needed any more. */
(function () {
  "use strict";
  var STORE = "handslag-interview", PATIENCE = 4000;

  function page(url) { return url.origin + url.pathname; }
  function isPage(url) { return url.origin === self.location.origin && /^\/i\/[^/.]+$/.test(url.pathname); }
  function kept(request) { return caches.open(STORE).then(function (store) { return store.match(request, { ignoreVary: true }); }); }
  function keep(key, answer) { return caches.open(STORE).then(function (store) { return store.put(key, answer); }); }
  function forget(key) { return caches.open(STORE).then(function (store) { return store.delete(key); }); }

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

  self.addEventListener("message", function (event) {
    var asked = event.data || {};
    if (asked.forget) event.waitUntil(forget(asked.forget));
    if (asked.keep) {
      event.waitUntil(Promise.all(asked.keep.map(function (address) {
        return fetch(address, { credentials: "same-origin" }).then(function (answer) {
          if (answer.ok) return keep(isPage(new URL(address)) ? page(new URL(address)) : address, answer);
        }).catch(function () { /* without a network what was kept before stands */ });
      })));
    }
  });

  function fromNetwork(request, key) {
    return fetch(request).then(function (answer) {
      // A server that is being started anew, or a wall of a guest network, is no page of an interview.
      if (answer.status >= 500) throw new Error(answer.status);
      if (answer.ok && !answer.redirected) keep(key, answer.clone());
      // A link that was withdrawn opens nothing, with a network or without.
      else if (answer.status === 404) forget(key);
      return answer;
    });
  }

  self.addEventListener("fetch", function (event) {
    var request = event.request, url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (request.mode === "navigate" && isPage(url)) {
      var asking = fromNetwork(request, page(url));
      event.respondWith(kept(page(url)).then(function (found) {
        if (!found) return asking;
        return Promise.race([asking, new Promise(function (done) { setTimeout(function () { done(found); }, PATIENCE); })])
          .catch(function () { return found; });
      }));
    } else if (url.pathname.indexOf("/assets/") === 0) {
      event.respondWith(kept(request.url).then(function (found) { return found || fetch(request); }));
    }
  });
})();
