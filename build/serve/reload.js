(function (version) {
  var stream;
  // A browser keeps six connections to one server, so tabs that nobody sees must not hold one.
  function listen() {
    if (stream) stream.close();
    if (document.hidden) return;
    stream = new EventSource(location.origin + '/-/reload?v=' + version);
    stream.onmessage = function () { stream.close(); location.reload(); };
    stream.onerror = function () { if (stream.readyState === 2) setTimeout(listen, 1000); };
  }
  document.addEventListener('visibilitychange', listen);
  listen();
  var box = document.getElementById('fieldguide-preview');
  if (box) box.querySelector('button').onclick = function () { box.remove(); };
})(document.currentScript.dataset.version);
