/* The box of the search. It stands before search.js is there, which takes long
   on a slow network: so one can begin to type. */
(function (document) {
	'use strict';

	var place = document.getElementById('search');
	if (!place || !document.createTextNode || !Array.prototype.forEach || !window.JSON) {
		return;
	}

	function make(parent, name, text, className) {
		var e = document.createElement(name);
		if (text) {
			e.appendChild(document.createTextNode(place.getAttribute('data-' + text) || ''));
		}
		if (className) {
			e.className = className;
		}
		parent.appendChild(e);
		return e;
	}

	var form = make(place, 'form'), label = make(form, 'label', 'label'), input = make(form, 'input');
	form.setAttribute('role', 'search');
	form.onsubmit = function () { return false; };
	label.htmlFor = input.id = 'q';
	input.type = 'search';
	input.setAttribute('autocomplete', 'off');
	input.setAttribute('autocapitalize', 'none');
	input.setAttribute('spellcheck', 'false');
	make(form, 'button', 'button').type = 'submit';
	var status = make(place, 'p', '', 'count');
	status.setAttribute('role', 'status');
	status.setAttribute('aria-live', 'polite');
	var help = make(place, 'p', '', 'first'); // above every answer, the empty one too
	help.hidden = true;
	make(help, 'a', 'help').href = place.getAttribute('data-way') || '';
	make(place, 'ol', '', 'results');
	var more = make(place, 'button', 'more');
	more.type = 'button';
	more.hidden = true;
}(document));
