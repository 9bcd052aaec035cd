// Run by PhantomJS 2.1, which is WebKit as of 2014, with a file that lists
// pages as JSON: [{"url": …, "without": selector, "width": …}, …]. It opens each on a
// small phone, takes out what the selector names, and writes what it sees, a line of
// JSON a page.
var page = require('webpage').create(), system = require('system'), fs = require('fs');
var jobs = JSON.parse(fs.read(system.args[1]));

function see(without) {
	function all(selector, root) {
		return Array.prototype.slice.call((root || document).querySelectorAll(selector));
	}
	if (without) {
		all(without).forEach(function (el) { el.parentNode.removeChild(el); });
	}
	var h1 = document.querySelector('h1'), help = document.querySelector('a.help');
	var screen = document.documentElement;
	var seen = { height: screen.scrollHeight, width: screen.scrollWidth, lost: [], under: [], grown: 0, words: 0 };
	seen.ink = getComputedStyle(h1).color;
	seen.paper = 'rgb(255, 255, 255)';
	for (var el = h1; el && el.nodeType === 1; el = el.parentNode) {
		var colour = getComputedStyle(el).backgroundColor;
		if (!/^rgba\(.*, 0\)$|transparent/.test(colour)) {
			seen.paper = colour;
			break;
		}
	}
	var box = help ? help.getBoundingClientRect() : { bottom: 0, width: 0 };
	seen.help = box.width > 40 ? box.bottom : 1e6;
	all('svg').forEach(function (svg) {
		seen.grown = Math.max(seen.grown, svg.getBoundingClientRect().width / svg.viewBox.baseVal.width);
	});
	var title = document.querySelector('.title'), edge = title.getBoundingClientRect().bottom;
	var texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT, null, false);
	while (texts.nextNode()) {
		var node = texts.currentNode, at = node.data.search(/\S/), parent = node.parentNode, range = document.createRange();
		if (at < 0) {
			continue;
		}
		range.setStart(node, at);
		range.setEnd(node, at + 1);
		var letter = range.getBoundingClientRect(), inTitle = title.contains(parent), scrolls = false;
		for (var e = parent; e; e = e.parentNode) {
			scrolls = scrolls || e.className === 'scroll';
		}
		if (!letter.width) {
			continue; // a closed answer
		}
		if (!scrolls && (letter.left < 0 || letter.right > screen.clientWidth)) {
			seen.lost.push(node.data.substr(at, 30));
		}
		if (!inTitle && !seen.words) {
			seen.words = letter.bottom;
		}
		if (!inTitle && letter.top < edge) {
			seen.under.push(node.data.substr(at, 30));
		}
	}
	return seen;
}

function next() {
	var job = jobs.shift();
	if (!job) {
		phantom.exit();
		return;
	}
	page.viewportSize = { width: job.width, height: 480 };
	page.open(job.url, function (status) {
		var seen = status === 'success' ? page.evaluate(see, job.without) : null;
		console.log(JSON.stringify(seen));
		next();
	});
}

page.onError = function (message) {
	console.log(JSON.stringify({ error: message }));
};
next();
