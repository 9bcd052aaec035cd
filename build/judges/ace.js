// Runs Ace on each book given and prints its reports, JSON, one after the
// other. One browser serves all. Documents that differ in nothing but words,
// as in another language or book, are judged once: what Ace has to say of a
// document it says of its markup.
const { readFileSync } = require("node:fs")
const ace = require("@daisy/ace-core")
const runner = require("@daisy/ace-axe-runner-puppeteer")

const markup = document => document
	.replace(/>[^<]*[^\s<][^<]*/g, ">words")
	.replace(/ (lang|xml:lang|aria-label|title|alt|href)="[^"]+"/g, ' $1="words"')

const judged = new Map()
const shared = {
	...runner,
	launch() {},
	close() {},
	async run(url, ...rest) {
		const key = markup(readFileSync(new URL(url), "utf8"))
		if (!judged.has(key)) judged.set(key, runner.run(url, ...rest))
		return structuredClone(await judged.get(key))
	},
}

;(async () => {
	await runner.launch()
	for (const book of process.argv.slice(2)) await ace(book, { cwd: process.cwd() }, shared)
	await runner.close()
})().catch(err => {
	console.error(err)
	process.exit(1)
})
