// Runs Ace on each book given and prints its reports, JSON, one after the
// other; to standard error, how many documents were judged. Ace's own command
// starts a browser for each book and a tab for each document, and has its
// scripts sent there for each; here a few tabs serve all. Documents that a
// file of JSON lists, as "book.epub/EPUB/page.xhtml", are not judged: others
// have all that they have.
const { readFileSync } = require("node:fs")
const { basename, relative } = require("node:path")
const { fileURLToPath } = require("node:url")
const ace = require("@daisy/ace-core")
const puppeteer = require("puppeteer-core")
const { Node } = require("@xmldom/xmldom")

// With this, to order the thousand files that a book lists takes a second; xpath
// has a way of its own.
delete Node.prototype.compareDocumentPosition

const [chromium, list, ...books] = process.argv.slice(2)
const spared = new Set(JSON.parse(readFileSync(list, "utf8")))

// Of all that axe says, Ace reports what is wrong.
const shorter = `{
	const run = axe.run
	axe.run = (options, done) => run({ ...options, resultTypes: ["violations"] }, done)
}`

// open returns a tab that has Ace's scripts in each document it shows.
async function open(browser, scripts) {
	const tab = await browser.newPage()
	const [axe, ...others] = scripts.map(file => readFileSync(file, "utf8"))
	await tab.evaluateOnNewDocument([axe, shorter, ...others].join(";\n"))
	return tab
}

async function judge(tab, url) {
	await tab.goto(url)
	return tab.evaluate(() => new Promise((resolve, reject) => {
		daisy.ace.run((err, result) => err ? reject(err) : resolve(result))
	}))
}

;(async () => {
	const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] })
	const tabs = []
	let judged = 0, documents = 0
	const judgeOf = book => ({
		concurrency: 2,
		launch() {},
		close() {},
		async run(url, scripts, contents, dir) {
			documents++
			const name = `${basename(book)}/${relative(dir, fileURLToPath(url))}`
			if (spared.has(name)) return { axe: { violations: [] }, properties: {} }
			judged++
			const tab = tabs.pop() ?? await open(browser, scripts)
			return judge(tab, url).finally(() => tabs.push(tab))
		},
	})
	// While one book is unpacked and read, the tabs have another.
	const options = { cwd: process.cwd(), initLogger: true, silent: true }
	const next = async () => {
		for (let book; book = books.shift();) await ace(book, { ...options }, judgeOf(book))
	}
	await Promise.all([next(), next()])
	console.error(`judged ${judged} of ${documents} documents`)
	await browser.close()
})().catch(err => {
	console.error(err)
	process.exit(1)
})
