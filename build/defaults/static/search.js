/* The search of this guide. Nothing that is typed is kept or sent anywhere.

   The page says where its index lies and which words to show (data-…). The
   index is scripts that call fieldguide(name, stamp, data); package
   build/search makes them and says how pages are found. A search that lacks a
   shard asks for it and stops; when the shard arrives it begins again.

   ES5 without help: the oldest browser is Gecko 48 on a phone with keys. */
(function (window, document) {
	'use strict';

	var place = document.getElementById('search');
	if (!place || !document.createTextNode || !Array.prototype.forEach || !window.JSON) {
		return;
	}

	var digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';
	var mostWords = 16; // of a query
	var pageful = 10; // results at a time

	/* Shards. */

	var shards = {}, asked = {}, missing = false, suffix = '';

	// load returns a shard, or asks for it and returns nothing.
	function load(name) {
		if (shards[name]) {
			return shards[name];
		}
		missing = true;
		if (!asked[name]) {
			asked[name] = true;
			var script = document.createElement('script');
			script.onerror = function () {
				asked[name] = false;
				say(word('failed'));
			};
			script.onload = function () {
				if (shards[name]) {
					script.parentNode.removeChild(script);
				}
			};
			script.src = place.getAttribute('data-index') + name + '.js' + suffix;
			document.getElementsByTagName('head')[0].appendChild(script);
		}
		return null;
	}

	window.fieldguide = function (name, stamp, data) {
		if (name === 'index') {
			learn(data);
			data.v = stamp;
		} else if (!shards.index || stamp !== (name.charAt(0) === 'd' ? shards.index.s : shards.index.v)) {
			// One of the two is an old copy: fetch all anew, once.
			if (suffix) {
				say(word('failed'));
			} else {
				suffix = '?' + stamp;
				shards = {};
				asked = {};
				shown = null;
				run();
			}
			return;
		}
		shards[name] = data;
		arrived(name);
	};

	/* Words. The same as Fold, eachToken and bare in Go. */

	var table, dense;

	function learn(head) {
		table = {};
		for (var i = 0; i < head.f.length; i += 2) {
			var from = head.f[i + 1];
			for (var j = 0; j < from.length; j++) {
				var size = isHigh(from.charCodeAt(j)) ? 2 : 1;
				table[from.substr(j, size)] = head.f[i];
				j += size - 1;
			}
		}
		dense = new RegExp('[' + head.x + ']');
		var first = 0;
		head.first = [];
		for (i = 0; i < head.d.length; i++) {
			head.first.push(first);
			first += digits.indexOf(head.d.charAt(i));
		}
	}

	function isHigh(code) {
		return code >= 0xD800 && code < 0xDC00;
	}

	function folded(sign) {
		return table.hasOwnProperty(sign) ? table[sign] : isHigh(sign.charCodeAt(0)) ? ' ' : sign;
	}

	// tokens splits text and says where in it each token stands.
	function tokens(text) {
		var list = [], run = [], runDense = false, at = 0;

		function flush() {
			if (run.length && runDense) {
				run.forEach(function (c, i) {
					var next = run[i + 1] || c;
					list.push({ word: next === c ? c.sign : c.sign + next.sign, from: c.from, one: c.to, to: next.to, dense: true, alone: next === c });
				});
			} else if (run.length) {
				var word = run.map(function (c) { return c.sign; }).slice(0, 30).join('');
				list.push({ word: word, from: run[0].from, to: at });
			}
			run = [];
		}

		while (at < text.length) {
			var size = isHigh(text.charCodeAt(at)) ? 2 : 1, signs = folded(text.substr(at, size));
			for (var i = 0; i < signs.length; i++) {
				var sign = signs.substr(i, isHigh(signs.charCodeAt(i)) ? 2 : 1), isDense = dense.test(sign);
				if (run.length && (sign === ' ' || isDense !== runDense)) {
					flush();
				}
				if (sign !== ' ') {
					runDense = isDense;
					run.push({ sign: sign, from: at, to: at + size });
				}
				i += sign.length - 1;
			}
			at += size;
		}
		flush();
		return list;
	}

	function bare(word) {
		var leading = shards.index.a;
		for (var i = 0; i < leading.length; i++) {
			var l = leading[i];
			if (word.indexOf(l) === 0 && word.length - l.length >= (l.length > 1 ? 2 : 3)) {
				return word.substr(l.length);
			}
		}
		return word;
	}

	// parse returns the words of a query. The last one may go on.
	function parse(query) {
		var words = [], known = {}, all = tokens(query);
		all.forEach(function (t, i) {
			if (t.alone && i > 0 && all[i - 1].dense && !all[i - 1].alone) {
				return; // the second half of a pair
			}
			var open = t.alone || !t.dense && t.to === query.length;
			if (words.length < mostWords && !known.hasOwnProperty(t.word)) {
				known[t.word] = true;
				words.push({ word: t.word, dense: t.dense, open: open, exact: {}, starts: [] });
			}
		});
		return words;
	}

	/* Looking up. */

	// shardOf returns the number of the shard of words that would hold a key.
	function shardOf(key) {
		var starts = shards.index.w, low = 0, high = starts.length - 1;
		while (low < high) {
			var middle = (low + high + 1) >> 1;
			if (starts[middle] <= key) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return low;
	}

	// read adds the docs of the line at a place of a shard to a word's hits,
	// those of a level; weight is in quarters.
	function read(text, at, weight, level, into) {
		var from = text.indexOf(' ', at) + 1, doc = 0;

		function number() {
			var n = 0, d;
			do {
				d = digits.indexOf(text.charAt(from++));
				n = n * 32 + d % 32;
			} while (d >= 32);
			return n;
		}

		if (text.charAt(from) === '!') {
			from++;
			into.total = Math.max(into.total, number());
			into.common = true;
			from++;
		}
		while (text.charAt(from) !== '\n') {
			doc += number();
			var has = digits.indexOf(text.charAt(from++));
			if (has < level) {
				continue;
			}
			if (!into.hits.hasOwnProperty(doc)) {
				into.hits[doc] = 0;
				into.count++;
			}
			into.hits[doc] = Math.max(into.hits[doc], has * weight >> 2);
		}
	}

	function exact(key, weight, level, into) {
		var text = load('w' + shardOf(key));
		var at = text ? text.indexOf('\n' + key + ' ') : -1;
		if (at >= 0) {
			read(text, at, weight, level, into);
		}
	}

	// beginning finds all words that begin with a key and have at most so many
	// letters more. They have an entry of their own where they are very many.
	function beginning(key, more, weight, level, into) {
		var i = shardOf(key + '*'), starts = shards.index.w, text = load('w' + i);
		var at = text ? text.indexOf('\n' + key + '* ') : -1;
		if (at >= 0) {
			if (more > 4) {
				read(text, at, weight, level, into);
			} else {
				exact(key, weight, level, into);
			}
			return;
		}
		do {
			text = load('w' + i);
			at = text ? text.indexOf('\n' + key) : -1;
			while (at >= 0) {
				if (text.indexOf(' ', at) - at - 1 - key.length <= more) {
					read(text, at, weight, level, into);
				}
				at = text.indexOf('\n' + key, at + 1);
			}
			i++;
		} while (i < starts.length && starts[i].indexOf(key) === 0);
	}

	// look finds the docs of one word of a query: as it is, and where it counts
	// with another ending; the latter anywhere with up to so many letters less.
	function look(w, cuts) {
		var into = { hits: {}, count: 0, total: 0, common: false };
		var plain = w.dense ? w.word : bare(w.word);

		function lookUp(key, weight) {
			w.exact[key] = true;
			exact(key, weight, 0, into);
		}

		function begins(key, more, weight, level) {
			w.starts.push({ key: key, longest: key.length + more });
			beginning(key, more, weight, level, into);
		}

		w.exact = {};
		w.starts = [];
		lookUp(w.word, 4);
		if (w.open) {
			begins(w.word, 30, 3, 0);
		}
		if (plain !== w.word) {
			lookUp(plain, 3);
			if (w.open) {
				begins(plain, 30, 2, 0);
			}
		}
		for (var cut = 0; cut <= 3 && !w.dense; cut++) {
			var left = plain.length - cut, anywhere = cuts > 0 && cut <= cuts;
			if (left >= 3 && left * 5 >= plain.length * 3 && (cut <= Math.max(cuts, 2) || left > 5)) {
				begins(plain.substr(0, left), cuts > 2 ? 30 : left > 4 ? 4 : 2, cut ? 2 : 3, anywhere ? 0 : shards.index.l);
			}
		}
		into.total = Math.max(into.total, into.count);
		return into;
	}

	// rarity grows by one each time the docs of a word are half as many again.
	function rarity(total) {
		var n = 1;
		while (total < shards.index.n) {
			total += (total >> 1) + 1;
			n++;
		}
		return n;
	}

	// find returns the numbers of the docs that a query finds, the best first.
	// When less than three hold all words, more endings may differ. Docs that
	// lack a word are found when they are good in spite of it.
	function find(words) {
		var list = [], whole = 0;
		for (var cuts = 0; cuts <= 3 && !missing && whole < (cuts < 3 ? 3 : 1); cuts++) {
			list = ranked(words, cuts);
			whole = list.filter(function (d) { return d.whole; }).length;
		}
		return list.filter(function (d) {
			return d.whole || d.score * (whole < 3 ? 16 : 4) >= list[0].score;
		}).map(function (d) { return d.doc; });
	}

	function ranked(words, cuts) {
		var found = words.map(function (w) { return look(w, cuts); }), docs = {}, list = [];
		var some = found.some(function (f) { return !f.common; }), needed = 0;
		found.forEach(function (f) {
			var counts = !some || !f.common, rare = rarity(f.total);
			needed += counts ? 1 : 0;
			for (var doc in f.hits) {
				if (f.hits.hasOwnProperty(doc)) {
					var d = docs[doc] = docs[doc] || { doc: +doc, words: 0, holds: 0, score: 0 };
					d.words += counts ? 1 : 0;
					d.holds += counts ? rare : 0;
					d.score += rare * f.hits[doc];
				}
			}
		});
		for (var doc in docs) {
			if (docs.hasOwnProperty(doc)) {
				var d = docs[doc];
				d.whole = d.words === needed;
				d.score *= d.holds;
				list.push(d);
			}
		}
		return list.sort(function (a, b) { return b.score - a.score || a.doc - b.doc; });
	}

	/* Showing. */

	var input, status, help, results, more, rest = [], waiting = [], shown, timer;

	function word(name) {
		return place.getAttribute('data-' + name) || '';
	}

	function make(parent, name, text) {
		var e = document.createElement(name);
		if (text) {
			e.appendChild(document.createTextNode(text));
		}
		if (parent) {
			parent.appendChild(e);
		}
		return e;
	}

	function say(text) {
		if (status.textContent !== text) {
			status.textContent = text;
		}
	}

	function count(n) {
		var head = shards.index, number = String(n);
		if (head.g) {
			number = number.replace(/\d/g, function (d) { return head.g.charAt(+d); });
		}
		return head.c[+head.p.charAt(n < 200 ? n : 200 + n % 100)].replace('{n}', number);
	}

	// meant reports whether a token of a text is what a query's word found.
	function meant(words, t) {
		var plain = t.dense ? t.word : bare(t.word);
		return words.some(function (w) {
			return w.exact.hasOwnProperty(t.word) || w.exact.hasOwnProperty(plain) ||
				w.starts.some(function (s) {
					return t.word.indexOf(s.key) === 0 && t.word.length <= s.longest || plain.indexOf(s.key) === 0 && plain.length <= s.longest;
				});
		});
	}

	// marked appends a part of a text with the words that were found in <mark>.
	function marked(parent, text, from, to, all, words) {
		var at = from;
		all.forEach(function (t) {
			if (t.from < from || t.to > to || !meant(words, t)) {
				return;
			}
			var pair = !t.dense || words.some(function (w) { return w.exact.hasOwnProperty(t.word); });
			var start = Math.max(at, t.from), end = pair ? t.to : t.one;
			if (end <= start) {
				return;
			}
			if (start === at && at > from && parent.lastChild.nodeName === 'MARK') {
				parent.lastChild.firstChild.data += text.substring(start, end);
			} else {
				parent.appendChild(document.createTextNode(text.substring(at, start)));
				make(parent, 'mark', text.substring(start, end));
			}
			at = end;
		});
		parent.appendChild(document.createTextNode(text.substring(at, to)));
	}

	// snippet appends the text around the first word that was found.
	function snippet(parent, text, words) {
		var all = tokens(text), first = 0, from = 0, to = text.length;
		while (first < all.length && !meant(words, all[first])) {
			first++;
		}
		first = first < all.length ? first : 0;
		var before = all.length && all[first].dense ? 20 : 50, start = first, end = first;
		while (start > 0 && all[first].from - all[start - 1].from <= before) {
			start--;
		}
		while (end < all.length - 1 && all[end + 1].to - all[start].from <= before * 3.2) {
			end++;
		}
		if (start > 0) {
			from = all[start].from;
			parent.appendChild(document.createTextNode('… '));
		}
		if (end < all.length - 1) {
			to = all[end].to;
		}
		marked(parent, text, from, to, all, words);
		if (to < text.length) {
			parent.appendChild(document.createTextNode(' …'));
		}
	}

	// fill writes a result as soon as its shard is there.
	function fill(result) {
		var head = shards.index, i = head.first.length - 1;
		while (head.first[i] > result.doc) {
			i--;
		}
		var shard = load('d' + i);
		if (!shard) {
			return false;
		}
		var doc = shard[result.doc - head.first[i]];
		if (!doc) {
			return true;
		}
		var li = result.li, link = make(li, 'a');
		li.removeChild(li.firstChild);
		link.href = doc[0];
		marked(link, doc[1], 0, doc[1].length, tokens(doc[1]), result.words);
		if (doc[2]) {
			make(li, 'p', doc[2]).className = 'way';
		}
		snippet(make(li, 'p'), doc[3], result.words);
		return true;
	}

	function showMore(words) {
		var first;
		rest.splice(0, pageful).forEach(function (doc) {
			var li = make(results, 'li', '…');
			first = first || li;
			waiting.push({ doc: doc, li: li, words: words });
		});
		waiting = waiting.filter(function (result) { return !fill(result); });
		more.hidden = !rest.length;
		return first;
	}

	// run answers what is typed, as far as the shards are there.
	function run() {
		var query = input.value, list = document.getElementById('az') || {};
		missing = false;
		help.hidden = !/\S/.test(query) || !word('help');
		if (!/\S/.test(query)) {
			shown = null;
			results.textContent = '';
			say('');
			more.hidden = true;
			list.hidden = false;
			return;
		}
		var words = load('index') ? parse(query) : [], docs = missing ? [] : find(words);
		if (missing) {
			say(word('wait'));
			return;
		}
		list.hidden = docs.length > 0;
		var key = query + '\n' + docs.join();
		if (shown === key) {
			return;
		}
		shown = key;
		results.textContent = '';
		rest = docs;
		waiting = [];
		say(docs.length ? count(docs.length) : word('none'));
		showMore(words);
		more.onclick = function () {
			var link = showMore(words).getElementsByTagName('a')[0];
			if (link) {
				link.focus();
			}
		};
	}

	function arrived(name) {
		if (name.charAt(0) === 'd') {
			waiting = waiting.filter(function (result) { return !fill(result); });
		} else {
			run();
		}
	}

	function soon() {
		clearTimeout(timer);
		timer = setTimeout(run, 250);
	}

	function fromAddress() {
		var m = /^#q=(.*)/.exec(window.location.hash);
		if (m) {
			try {
				input.value = decodeURIComponent(m[1].replace(/\+/g, ' '));
			} catch (broken) {
				return;
			}
			run();
		}
	}

	(function () {
		var form = make(null, 'form'), label = make(form, 'label', word('label')), button;
		form.setAttribute('role', 'search');
		label.htmlFor = 'q';
		input = make(form, 'input');
		input.id = 'q';
		input.type = 'search';
		input.setAttribute('autocomplete', 'off');
		input.setAttribute('autocapitalize', 'none');
		input.setAttribute('spellcheck', 'false');
		button = make(form, 'button', word('button'));
		button.type = 'submit';
		place.appendChild(form);
		status = make(place, 'p');
		status.className = 'count';
		status.setAttribute('role', 'status');
		status.setAttribute('aria-live', 'polite');
		help = make(place, 'p'); // above every answer, the empty one too
		help.className = 'first';
		help.hidden = true;
		make(help, 'a', word('help')).href = word('way');
		results = make(place, 'ol');
		results.className = 'results';
		more = make(place, 'button', word('more'));
		more.type = 'button';
		more.hidden = true;
		input.onfocus = function () {
			load('index');
		};
		input.oninput = soon;
		form.onsubmit = function () {
			clearTimeout(timer);
			run();
			return false;
		};
		window.onhashchange = fromAddress;
		fromAddress();
	}());
}(window, document));
