// Runs Ace on each book given and prints its reports, JSON, one after the
// other. One browser serves all books, and a document that several of them
// hold, byte for byte, is judged once.
const { readFileSync } = require("node:fs")
const ace = require("@daisy/ace-core")
const runner = require("@daisy/ace-axe-runner-puppeteer")

const judged = new Map()
const shared = {
	...runner,
	concurrency: 2,
	launch() {},
	close() {},
	async run(url, ...rest) {
		const document = readFileSync(new URL(url), "utf8")
		if (!judged.has(document)) judged.set(document, runner.run(url, ...rest))
		return structuredClone(await judged.get(document))
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
