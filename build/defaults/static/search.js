/* The search of this guide. Nothing that is typed is sent anywhere; the page
   remembers it in the history of its tab, for those who come back to it.

   The page says where its index lies and which words to show (data-…). The
   index is scripts that call fieldguide(name, stamp, data); package
   build/search makes them and says how pages are found. A search that lacks a
   shard asks for it and stops; when the shard arrives it begins again.

   ES5 without help: the oldest browser is Gecko 48 on a phone with keys. */
(function (window, document) {
	'use strict';

	var place = document.getElementById('search'), form = place && place.firstChild;
	if (!form) {
		return; // search-box.js found this browser too old
	}

	var digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';
	var mostWords = 16; // of a query
	var pageful = 10; // results at a time

	/* Shards. */

	var shards = {}, missing = false, suffix = '';
	var asked = { index: document.readyState !== 'complete' }; // by the page
	var patient = true; // nobody is typing

	// load returns a shard, or asks for it and returns nothing.
	function load(name) {
		if (shards[name]) {
			return shards[name];
		}
		missing = true;
		if (!asked[name] && (patient || name.charAt(0) !== 'w')) {
			asked[name] = true;
			var script = document.createElement('script');
			script.onerror = function () {
				asked[name] = false;
				failed();
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
			data.k = expanded(data.k || '');
			learn(data);
			data.s = stamp;
		} else if (!shards.index || stamp !== (name.charAt(0) === 'd' ? shards.index.s : shards.index.v.substr(4 * name.substr(1), 4))) {
			// One of the two is an old copy: fetch all anew, once.
			if (suffix) {
				failed();
			} else {
				suffix = '?' + stamp;
				shards = {};
				asked = {};
				shown = null;
				run();
			}
			return;
		}
		shards[name] = name.charAt(0) === 'w' ? expanded(data) : data;
		arrived(name);
	};

	// expanded undoes pressed in Go: a line begins with as many signs of the one
	// before it as its digit says.
	function expanded(text) {
		var last = '';
		return text.replace(/\n(.)(.*)/g, function (all, digit, line) {
			last = last.substr(0, digits.indexOf(digit)) + line;
			return '\n' + last;
		});
	}

	/* Words. The same as Fold, eachToken and Stem in Go. */

	var table, dense, endings, longest, common;

	function learn(head) {
		var i, first = 0;
		table = {};
		for (i = 0; i < head.f.length; i += 2) {
			var from = head.f[i + 1].replace(/([^])\u0001([^])/g, between);
			for (var j = 0; j < from.length; j++) {
				var size = isHigh(from.charCodeAt(j)) ? 2 : 1;
				table[from.substr(j, size)] = head.f[i];
				j += size - 1;
			}
		}
		dense = new RegExp('[' + head.x + ']');
		endings = {};
		longest = 0;
		for (i = 0; i < head.e.length; i += 2) {
			endings[head.e[i]] = head.e[i + 1];
			longest = Math.max(longest, head.e[i].length);
		}
		common = ' ' + head.o + ' ';
		head.first = head.d.map(function (count) {
			first += count;
			return first - count;
		});
	}

	// between returns the characters from one to another.
	function between(all, from, to) {
		var text = '', code;
		for (code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) {
			text += String.fromCharCode(code);
		}
		return text;
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

	// isWhole tells whether the beginning of a word is its own.
	function isWhole(word) {
		for (var i = 0; i < shards.index.r.length; i++) {
			if (word.indexOf(shards.index.r[i]) === 0) {
				return true;
			}
		}
	}

	function bare(word) {
		var leading = shards.index.a;
		for (var i = 0; i < leading.length && !isWhole(word); i++) {
			var l = leading[i];
			if (word.indexOf(l) === 0 && word.length - l.length >= (l.length > 1 ? 2 : 3)) {
				return word.substr(l.length);
			}
		}
		return word;
	}

	// stem returns the key that a word is looked for by, and what a word begins
	// with that may go on.
	function stem(word) {
		var begun = bare(word), key, last, i, n;
		for (i = 0; i < shards.index.b.length && !isWhole(begun); i++) {
			var b = shards.index.b[i];
			if (begun.indexOf(b) === 0 && begun.length - b.length >= 3) {
				begun = begun.substr(b.length);
				break;
			}
		}
		key = begun;
		for (i = 0; i < 4 && key !== last; i++) {
			last = key;
			for (n = Math.min(longest, key.length - 1); n > 0; n--) {
				var end = key.slice(-n), left = key.length - n;
				if (endings.hasOwnProperty(end) && left + endings[end].length >= (i ? shards.index.l : 3)) {
					key = key.substr(0, left) + endings[end];
					break;
				}
			}
		}
		return { key: key, begun: begun };
	}

	// keyed returns what a token is looked for by: common words as they are.
	function keyed(t) {
		var isCommon = common.indexOf(' ' + t.word + ' ') >= 0, w = t.dense || isCommon ? { key: t.word, begun: t.word } : stem(t.word);
		w.common = isCommon;
		return w;
	}

	// parse returns the words of a query. The last one may go on.
	function parse(query) {
		var words = [], all = tokens(query);
		all.forEach(function (t, i) {
			if (t.alone && i > 0 && all[i - 1].dense && !all[i - 1].alone) {
				return; // the second half of a pair
			}
			var w = keyed(t);
			w.dense = t.dense;
			w.open = t.alone || !t.dense && t.to === query.length;
			words.push(w);
		});
		return words;
	}

	// understood is parse, in the letters of the language where the core knows no
	// word as it was typed: on the keys of another keyboard.
	function understood(query) {
		var words = parse(query), others;
		if (!shards.index.k || !shards.index.m || knows(words)) {
			return words;
		}
		others = parse(retyped(query));
		return knows(others) ? others : words;
	}

	// retyped returns a query as the keys of the language write it.
	function retyped(query) {
		var keys = {};
		shards.index.m.split(' ').forEach(function (key) { keys[key.charAt(0)] = key.substr(1); });
		return query.toLowerCase().replace(/[^]/g, function (sign) {
			return keys.hasOwnProperty(sign) ? keys[sign] : sign;
		});
	}

	// knows tells whether the core or the language knows one of the words that are
	// more than a letter.
	function knows(words) {
		return words.some(function (w) {
			var into = { hits: {}, total: 0 };
			if (w.key.length > 1) {
				look(w, false, into);
			}
			return w.key.length > 1 && w.common || into.total > 0;
		});
	}

	// recognised returns who asks, and the words that decide nothing else.
	function recognised(words) {
		var asks = shards.index.q, quiet = '', muted = [];
		var said = ' ' + words.map(function (w) { return w.key + ' '; }).join('');
		var has = asks.map(function (a) {
			var known = false;
			a[0].forEach(function (text) {
				if (said.indexOf(text) >= 0) {
					known = true;
					quiet += a[5] ? text : '';
				}
			});
			if (known) {
				muted = muted.concat(a[4]);
			}
			return known;
		});
		return { quiet: quiet, list: asks.filter(function (a, i) { return has[i] && muted.indexOf(i) < 0; }) };
	}

	// deciding returns the words that decide something, or else all, each once.
	function deciding(words, quiet) {
		function decides(w) {
			return !w.common && quiet.indexOf(' ' + w.key + ' ') < 0;
		}

		var known = {}, some = words.some(decides);
		return words.filter(function (w) {
			var first = !known.hasOwnProperty(w.key) && (!some || decides(w));
			if (first) {
				known[w.key] = true;
			}
			return first;
		}).slice(0, mostWords);
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

	// take adds the docs of the line at a place of a text to a word's hits;
	// weight is in quarters.
	function take(text, at, weight, into) {
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
			into.hits[doc] = Math.max(into.hits[doc] || 0, digits.indexOf(text.charAt(from++)) * weight >> 2);
		}
	}

	// textOf returns a shard of words, the core where its number is below zero.
	function textOf(i) {
		return i < 0 ? shards.index.k : load('w' + i) || '';
	}

	function exact(i, key, weight, into) {
		var text = textOf(i), at = text.indexOf('\n' + key + ' ');
		if (at >= 0) {
			take(text, at, weight, into);
		}
	}

	// beginning finds all words that begin with a key. They have an entry of their
	// own where they are very many.
	function beginning(i, key, weight, into) {
		var starts = shards.index.w, text = textOf(i), at = text.indexOf('\n' + key + '* ');
		if (at >= 0) {
			take(text, at, weight, into);
			return;
		}
		do {
			text = textOf(i);
			at = text.indexOf('\n' + key);
			while (at >= 0) {
				take(text, at, weight, into);
				at = text.indexOf('\n' + key, at + 1);
			}
			i++;
		} while (i > 0 && i < starts.length && starts[i].indexOf(key) === 0);
	}

	// look adds the docs of a word: as it is, and when it may go on, of all words
	// that begin so. deep is whether to look in the shards.
	function look(w, deep, into) {
		exact(deep ? shardOf(w.key) : -1, w.key, 4, into);
		if (w.open) {
			beginning(deep ? shardOf(w.begun + '*') : -1, w.begun, 3, into);
		}
		sum(into);
	}

	function sum(into) {
		into.total = Math.max(into.total, Object.keys(into.hits).length);
	}

	// near adds the docs of words that are one letter away: one more, one less,
	// another one, or two that changed places. deep is whether to look in the shards.
	function near(w, deep, into) {
		[deep ? textOf(shardOf(w.key)) : '', shards.index.k || ''].forEach(function (text) {
			for (var at = 0; at + 1 < text.length; at = text.indexOf('\n', at + 1)) {
				var key = text.substring(at + 1, text.indexOf(' ', at));
				if (isNear(w.key, key)) {
					w.near[key] = true;
					take(text, at, 2, into);
				}
			}
		});
		sum(into);
	}

	function isNear(a, b) {
		var s = a.length < b.length ? a : b, t = a.length < b.length ? b : a, from = 0, end = 0;
		if (s.length < 4 || t.length - s.length > 1) {
			return false;
		}
		while (from < s.length && s.charAt(from) === t.charAt(from)) {
			from++;
		}
		while (end < s.length - from && s.charAt(s.length - 1 - end) === t.charAt(t.length - 1 - end)) {
			end++;
		}
		var differs = t.length - from - end;
		return differs === 1 || differs === 2 && s.length === t.length &&
			s.charAt(from) === t.charAt(from + 1) && s.charAt(from + 1) === t.charAt(from);
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

	// answer returns the numbers of the docs that a query finds, the best first.
	// With deep those follow that only the shards know.
	function answer(all, deep) {
		var core = shards.index.k, who = recognised(all), words = deciding(all, who.quiet);
		var list = find(words, who.list, !core);
		return { words: words, docs: !deep || !core ? list : list.concat(find(words, who.list, true).filter(function (doc) {
			return list.indexOf(doc) < 0;
		})) };
	}

	function find(words, asks, deep) {
		var held = {}, ask = [];
		var found = words.map(function (w) {
			var into = { hits: {}, total: 0, common: false };
			w.near = {};
			look(w, deep, into);
			Object.keys(into.hits).forEach(function (doc) { held[doc] = true; });
			return into;
		});
		// The core may not know a word, or, unless it is known who asks, little of
		// all: then shards are asked.
		var few = Object.keys(held).length < 5 && !asks.length;
		words.forEach(function (w, i) {
			if (few || !found[i].total && !w.dense) { // signs of two words make no pair
				ask.push(i);
			}
		});
		ask.sort(function (a, b) {
			return found[a].total - found[b].total || words[b].key.length - words[a].key.length || a - b;
		});
		ask.forEach(function (i, n) {
			if (!deep && n < 2) {
				look(words[i], true, found[i]);
			}
			if (!found[i].total && !words[i].dense) {
				near(words[i], n < 2, found[i]);
			}
		});
		return ranked(found, asks);
	}

	// within reports whether a doc is in runs of docs.
	function within(runs, doc) {
		for (var i = 0; i < runs.length; i += 2) {
			if (runs[i] <= doc && doc < runs[i + 1]) {
				return true;
			}
		}
		return false;
	}

	// brought returns the docs that asks bring: first those that most of them want
	// first, of which those that are sure to be seen say so.
	function brought(asks) {
		var list = [];

		function wanted(doc) {
			return asks.filter(function (a) { return within(a[1], doc); }).length;
		}

		asks.forEach(function (a) {
			a[3].forEach(function (doc) {
				if (doc >= 0 && list.indexOf(doc) < 0) {
					list.push(doc);
				}
			});
		});
		return list.map(function (doc, i) {
			return { doc: doc, i: i, wanted: wanted(doc) };
		}).sort(function (a, b) {
			return b.wanted - a.wanted || a.i - b.i;
		}).map(function (d, i, all) {
			return { doc: d.doc, sure: i < 2 && d.wanted === all[0].wanted };
		});
	}

	// ranked orders docs by what they say of the words of a query, and by who asks.
	function ranked(found, asks) {
		var docs = {}, list = [], needed = 0, sums = 0, whole = 0, brings = brought(asks);
		var some = found.some(function (f) { return f.total > 0 && !f.common; });

		function at(doc) {
			return docs[doc] = docs[doc] || { doc: +doc, words: 0, holds: 0, score: 0 };
		}

		found.forEach(function (f) {
			var counts = f.total > 0 && !(some && f.common) ? 1 : 0, rare = rarity(f.total);
			needed += counts;
			sums += f.total > 0 ? rare : 0;
			Object.keys(f.hits).forEach(function (doc) {
				var d = at(doc);
				d.words += counts;
				d.holds += counts * rare;
				d.score += rare * f.hits[doc];
			});
		});
		brings.forEach(function (b, i) {
			var d = at(b.doc);
			d.brought = true;
			d.holds += sums;
			d.score += sums * Math.max(12 - 4 * i, 4);
		});
		Object.keys(docs).forEach(function (doc) {
			var d = docs[doc];
			d.score *= d.holds;
			asks.forEach(function (a) {
				d.score *= within(a[1], d.doc) ? 3 : 1;
				d.score = within(a[2], d.doc) ? Math.floor(d.score / 3) : d.score;
			});
			d.whole = d.words === needed;
			whole += d.whole ? 1 : 0;
			list.push(d);
		});
		list.sort(function (a, b) { return b.score - a.score || a.doc - b.doc; });
		list = list.filter(function (d) {
			return d.whole || d.brought || d.score * (whole < 3 ? 16 : 4) >= list[0].score;
		}).map(function (d) { return d.doc; });
		// Those stand among the ones that are seen, and leave room for another.
		brings.forEach(function (b, i) {
			var from = list.indexOf(b.doc);
			if (b.sure && from > i + 1) {
				list.splice(i + 1, 0, list.splice(from, 1)[0]);
			}
		});
		var others = list.filter(function (doc) { return !docs[doc].brought; });
		if (others.length && list.indexOf(others[0]) > 2) {
			list.splice(2, 0, list.splice(list.indexOf(others[0]), 1)[0]);
		}
		return list;
	}

	/* Showing. */

	var input, status, help, results, more, rest = [], waiting = [], shown, deep, timer;

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

	// failed says that a shard is missing; the list from A to Z has all there is.
	function failed() {
		say(word('failed'));
		(document.getElementById('az') || {}).hidden = false;
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
		var s = keyed(t);
		return words.some(function (w) {
			return w.key === s.key || w.near[s.key] || w.open && s.begun.indexOf(w.begun) === 0;
		});
	}

	// marked appends a text with the words that were found in <mark>.
	function marked(parent, text, words) {
		var at = 0;
		tokens(text).forEach(function (t) {
			if (!meant(words, t)) {
				return;
			}
			var pair = !t.dense || words.some(function (w) { return w.key === t.word; });
			var start = Math.max(at, t.from), end = pair ? t.to : t.one;
			if (end <= start) {
				return;
			}
			if (start === at && at > 0 && parent.lastChild.nodeName === 'MARK') {
				parent.lastChild.firstChild.data += text.substring(start, end);
			} else {
				parent.appendChild(document.createTextNode(text.substring(at, start)));
				make(parent, 'mark', text.substring(start, end));
			}
			at = end;
		});
		parent.appendChild(document.createTextNode(text.substring(at)));
	}

	// entitle writes the title of a result, which leads to it.
	function entitle(result, path, title) {
		if (result.li.firstChild.nodeName !== 'A') {
			result.li.textContent = '';
			var link = make(result.li, 'a');
			link.href = path;
			marked(link, title, result.words);
		}
	}

	// fill writes a result as soon as its shard is there. Its title comes first
	// where the index says it.
	function fill(result) {
		var head = shards.index, i = head.first.length - 1, named = head.t && head.t[result.doc];
		while (head.first[i] > result.doc) {
			i--;
		}
		if (named) {
			entitle(result, named[0], named[1]);
		}
		var shard = load('d' + i);
		if (!shard) {
			return false;
		}
		var doc = shard[result.doc - head.first[i]];
		if (!doc) {
			return true;
		}
		entitle(result, doc[0], doc[1]);
		if (doc[2]) {
			make(result.li, 'p', doc[2]).className = 'way';
		}
		marked(make(result.li, 'p'), doc[3], result.words);
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
		more.hidden = !rest.length && (deep || !shards.index.k || !results.firstChild);
		return first;
	}

	function focus(li) {
		var link = li && li.getElementsByTagName('a')[0];
		if (link) {
			link.focus();
		}
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
		var again = shown && shown.query === query;
		deep = again && deep;
		var got = load('index') ? answer(understood(query), deep) : {};
		var docs = got.docs || [], words = got.words, key = docs.join();
		// What is known already of many words is shown while the rest is on its way.
		if (missing && (deep || !docs.length || !shards.index.k)) {
			say(word('wait'));
			return;
		}
		var summed = missing ? word('wait') : docs.length ? count(docs.length) : word('none');
		list.hidden = docs.length > 0;
		if (again && shown.key === key) {
			say(summed);
			more.hidden = more.hidden || deep && !rest.length;
			return;
		}
		var longer = again && deep && key.indexOf(shown.key + ',') === 0;
		shown = { query: query, key: key };
		say(summed);
		remember(query);
		if (longer) {
			rest = docs.slice(results.children.length);
			focus(showMore(words));
		} else {
			results.textContent = '';
			rest = docs;
			waiting = [];
			showMore(words);
		}
		more.onclick = function () {
			if (rest.length) {
				focus(showMore(words));
			} else {
				deep = true;
				run();
			}
		};
	}

	// remember keeps a query with the page in the history of its tab.
	function remember(query) {
		try {
			window.history.replaceState({ query: query }, '');
		} catch (refused) {
			return;
		}
	}

	function arrived(name) {
		if (name.charAt(0) === 'd') {
			waiting = waiting.filter(function (result) { return !fill(result); });
		} else {
			run();
		}
	}

	// soon answers what is typed, and with shards that are not there when nobody
	// typed for a while: half a word needs none.
	function soon() {
		clearTimeout(timer);
		patient = false;
		timer = setTimeout(function () {
			run();
			timer = setTimeout(atLast, 350);
		}, 250);
	}

	function atLast() {
		clearTimeout(timer);
		patient = true;
		run();
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

	input = document.getElementById('q');
	status = form.nextSibling;
	help = status.nextSibling;
	results = help.nextSibling;
	more = results.nextSibling;
	input.oninput = soon;
	form.onsubmit = function () {
		atLast();
		return false;
	};
	window.onhashchange = fromAddress;
	window.addEventListener('load', function () {
		if (!shards.index) {
			asked.index = false;
			run();
		}
	});
	fromAddress();
	if (!input.value && window.history.state && window.history.state.query) {
		input.value = window.history.state.query;
	}
	run();
}(window, document));
