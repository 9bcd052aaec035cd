(function () {
  var rows = [].slice.call(document.querySelectorAll('.row'));
  function top(row) { return row.getBoundingClientRect().top; }
  // The row that is being read: the focused one, else the first that does not lie above the window.
  function current() {
    var focused = document.activeElement.closest('.row');
    return focused || rows.filter(function (row) { return row.getBoundingClientRect().bottom > 60; })[0];
  }
  document.addEventListener('keydown', function (e) {
    if (!e.altKey || e.ctrlKey || e.metaKey || e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
    var down = e.key === 'ArrowDown', focused = document.activeElement.closest('.row');
    var from = focused ? top(focused) : 0;
    var lit = rows.filter(function (row) {
      return row.classList.contains('lit') && row !== focused && (down ? top(row) >= from : top(row) < from);
    });
    var to = down ? lit[0] : lit[lit.length - 1];
    if (!to) return;
    e.preventDefault();
    to.scrollIntoView({ block: 'center' });
    to.focus({ preventScroll: true });
  });
  document.querySelector('.switch').addEventListener('click', function (e) {
    var link = e.target.closest('a'), row = current();
    if (link && row && window.scrollY > 0) link.hash = row.id;
  });
})();
